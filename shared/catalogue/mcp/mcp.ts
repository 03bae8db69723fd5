import type { ManifestData } from "../manifest";

const asProgram = ["client-credentials", "client-assertion"];
const clientId = { name: "clientId", label: "Client id", input: "text" } as const;

/** An MCP server anywhere. What it offers it says itself; how it wants to be signed in to, too, or its owner does. */
export const mcp = {
  id: "mcp",
  name: "MCP server",
  category: "mcp",
  description: "Any server that speaks the Model Context Protocol, over Streamable HTTP or SSE.",
  docsUrl: "https://modelcontextprotocol.io",
  // The server says them; typed they stand for one that does not.
  params: [
    {
      name: "tokenUrl",
      label: "Token endpoint",
      help: "Only where the server does not say it itself.",
      required: false,
      pattern: "https?://[^\\s]+",
      example: "https://login.example.com/token",
      methods: asProgram,
    },
    {
      name: "issuer",
      label: "Issuer",
      help: "Of the authorization server. Only where the server does not say it itself.",
      required: false,
      pattern: "https?://[^\\s]+",
      example: "https://login.example.com",
      methods: asProgram,
    },
    {
      name: "resource",
      label: "Resource",
      help: "What the token is for. Only where the server does not say it itself.",
      required: false,
      pattern: "https?://[^\\s]+",
      example: "https://mcp.example.com/mcp",
      methods: asProgram,
    },
  ],
  auth: [
    { kind: "mcp_oauth", id: "oauth", label: "Sign in at the server" },
    {
      kind: "bearer",
      id: "bearer",
      label: "Bearer token",
      fields: [{ name: "token", label: "Token", help: "Sent as Authorization: Bearer." }],
      present: [{ in: "header", name: "Authorization", template: "Bearer {secret.token}" }],
    },
    {
      kind: "headers",
      id: "headers",
      label: "Headers of your own",
    },
    {
      kind: "basic",
      id: "basic",
      label: "Name and password",
      fields: [
        { name: "username", label: "Name", input: "text" },
        { name: "password", label: "Password" },
      ],
    },
    {
      kind: "oauth2_client_credentials",
      id: "client-credentials",
      label: "As a program, with a client secret",
      description: "OAuth client credentials: nobody signs in, the hub is a client of its own.",
      fields: [clientId, { name: "clientSecret", label: "Client secret" }],
      tokenUrl: "{tokenUrl}",
      clientAuth: "basic",
      tokenParams: { resource: "{resource}" },
    },
    {
      kind: "signed_jwt",
      id: "client-assertion",
      label: "As a program, with a key",
      description: "OAuth client credentials, with a JWT the hub signs in place of a secret.",
      fields: [
        clientId,
        { name: "privateKey", label: "Private key", input: "multiline", help: "PEM or JWK." },
      ],
      algorithms: ["ES256", "RS256", "PS256", "ES384", "EdDSA"],
      key: "{secret.privateKey}",
      claims: { iss: "{secret.clientId}", sub: "{secret.clientId}", aud: "{issuer}" },
      lifetimeSeconds: 300,
      exchange: {
        tokenUrl: "{tokenUrl}",
        clientAuth: "none",
        assertionParam: "client_assertion",
        tokenParams: {
          grant_type: "client_credentials",
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          resource: "{resource}",
        },
      },
    },
    { kind: "none", id: "none", label: "No sign-in" },
  ],
} satisfies ManifestData;
