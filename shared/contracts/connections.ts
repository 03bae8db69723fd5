import * as z from "zod";
import { Icons } from "./icons";
import { pageOf, pageQueryOf } from "./pages";
import { plain } from "./plain";

const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, "is not an HTTP header name")
  .refine(
    (name) =>
      !/^(host|content-length|content-type|transfer-encoding|connection|accept|upgrade|te|trailer|mcp-.*)$/i.test(
        name,
      ),
    "is a header the hub sets itself",
  );
const headerValue = z
  .string()
  .min(1)
  .max(8192)
  .regex(/^[\t\x20-\x7e]+$/, "may hold no line breaks and no characters outside ASCII");

export const SecretHeaders = z
  .record(headerName, headerValue)
  .refine((headers) => Object.keys(headers).length <= 20, "may hold at most 20 headers")
  .meta({
    description: "Sent with every request to the server. Sealed at once and never readable again",
    examples: [{ Authorization: "Bearer …" }],
  });

export const McpConfig = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: "must be an http or https URL" })
    .max(2048)
    .meta({ description: "The server's MCP endpoint", examples: ["https://mcp.example.com/mcp"] }),
  transport: z
    .enum(["auto", "http", "sse"])
    .default("auto")
    .describe("`auto` finds out; `http` is Streamable HTTP; `sse` is the transport of 2024-11-05"),
  headers: SecretHeaders.optional(),
});

export const ConnectionName = plain(z.string().trim().min(1).max(80)).meta({
  description: "Unique in the team; the slug in tool names is made from it",
  examples: ["Tickets"],
});
const name = ConnectionName;

/** Whose a connection is: the team's, or one person's own, which exists for nobody else. */
export const ConnectionOwner = z.object({
  kind: z.enum(["team", "person"]),
  personId: z.string().nullable().describe("Null for the team"),
});
export type ConnectionOwner = z.infer<typeof ConnectionOwner>;

/** How to sign in, with what was typed. Fields are sealed at once and never readable again. */
export const ConnectionAuthInput = z.strictObject({
  method: z
    .string()
    .min(1)
    .max(60)
    .describe("One of the connector's methods")
    .meta({ examples: ["api-key"] }),
  fields: z
    .record(z.string().max(60), z.string().max(20_000))
    .default({})
    .describe("What the method asks for; `{{secrets.NAME}}` stands for one of the team's secrets"),
  scopes: z.array(z.string().min(1).max(300)).max(200).optional(),
});
export type ConnectionAuthInput = z.infer<typeof ConnectionAuthInput>;

const params = z.record(z.string().max(60), z.string().max(500));
const rotateEveryDays = z.number().int().min(1).max(3650);

export const CreateConnection = z
  .strictObject({
    connector: z
      .string()
      .min(1)
      .max(60)
      .describe("`mcp` for an MCP server, or one of the catalogue's connectors")
      .meta({ examples: ["mcp"] }),
    name,
    config: McpConfig.optional().describe("Of the connector `mcp`, which needs it"),
    params: params.optional().describe("What the connector asks for besides the credential"),
    auth: ConnectionAuthInput.optional().describe(
      "Left out: no credential, or for an MCP server the headers in `config`",
    ),
    owner: ConnectionOwner.shape.kind
      .default("team")
      .describe("`person`: yours alone; it exists for nobody else"),
    rotateEveryDays: rotateEveryDays.optional(),
    allowUnreachable: z
      .boolean()
      .default(false)
      .describe("Store the connection even if the server cannot be reached now"),
  })
  .meta({ id: "CreateConnection" });
export type CreateConnection = z.infer<typeof CreateConnection>;
/** As it is sent: what has a default may be left out. */
export type CreateConnectionBody = z.input<typeof CreateConnection>;

export const UpdateConnection = z
  .strictObject({
    name: name.optional(),
    config: z
      .strictObject({
        url: McpConfig.shape.url.optional(),
        transport: z.enum(["auto", "http", "sse"]).optional(),
        headers: SecretHeaders.nullable()
          .optional()
          .describe("Replaces all headers; null removes them"),
      })
      .optional(),
    params: params.optional().describe("Replaces those that are named"),
    auth: ConnectionAuthInput.optional().describe(
      "Another credential in place of the one it has; tried before anything is changed",
    ),
    rotateEveryDays: rotateEveryDays
      .nullable()
      .optional()
      .describe("After how many days its credential should be replaced; null for no reminder"),
    disabled: z
      .boolean()
      .optional()
      .describe("A disabled connection keeps its tools and runs none"),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change.")
  .meta({ id: "UpdateConnection" });
export type UpdateConnection = z.infer<typeof UpdateConnection>;

/**
 * `pending`: nobody has signed in yet. `expiring`: its credential ends soon and cannot be renewed by itself.
 * `needs_reauth`: somebody has to sign in again. `revoked`: somebody took the access back, here or at the vendor.
 */
export const ConnectionStatus = z.enum([
  "pending",
  "connected",
  "expiring",
  "needs_reauth",
  "error",
  "revoked",
  "disabled",
]);
export type ConnectionStatus = z.infer<typeof ConnectionStatus>;

export const ConnectionFault = z.object({ code: z.string(), message: z.string(), at: z.number() });
export type ConnectionFault = z.infer<typeof ConnectionFault>;

export const Connection = z
  .object({
    id: z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    slug: z.string().meta({
      description: "Begins the names of its tools at `/mcp`; never changes",
      examples: ["tickets"],
    }),
    name: z.string().meta({ examples: ["Tickets"] }),
    connector: z.string().meta({ examples: ["mcp"] }),
    status: ConnectionStatus,
    owner: ConnectionOwner,
    auth: z.object({
      method: z.string().meta({ examples: ["headers"] }),
      kind: z.string().meta({ examples: ["headers"] }),
      label: z.string().meta({ examples: ["Headers of your own"] }),
      scopes: z
        .array(z.string())
        .meta({ description: "Those that were granted", examples: [["api", "refresh_token"]] }),
      missingScopes: z.array(z.string()).describe("Those that were asked for and not granted"),
      fieldNames: z.array(z.string()).describe("What its credential is made of, by name"),
      account: z.string().nullable().describe("Who it signs in as, in the vendor's words"),
      refreshes: z.boolean().describe("Whether the hub renews it by itself"),
      expiresAt: z
        .number()
        .nullable()
        .describe("When the token or key in use ends; null where nothing says so"),
      consentedAt: z.number().nullable().describe("When somebody consented at the vendor"),
      rotateEveryDays: z
        .number()
        .nullable()
        .meta({
          description: "After how many days its credential should be replaced",
          examples: [90],
        }),
      rotatedAt: z.number().nullable().describe("When the credential was entered or replaced last"),
      rotationDueAt: z
        .number()
        .nullable()
        .meta({
          description: "When it should be replaced; null without a reminder",
          examples: [1_803_036_000_000],
        }),
    }),
    params: z.record(z.string(), z.string()),
    config: z.object({
      url: z.string().meta({ examples: ["https://mcp.example.com/mcp"] }),
      transport: z.enum(["auto", "http", "sse"]),
      headerNames: z.array(z.string()).meta({
        description: "The names of its secret headers; their values never come back",
        examples: [["Authorization"]],
      }),
    }),
    server: z
      .object({
        name: z.string().meta({ examples: ["tickets-mcp"] }),
        title: z
          .string()
          .nullable()
          .meta({ examples: ["Tickets"] }),
        version: z
          .string()
          .nullable()
          .meta({ examples: ["1.4.0"] }),
        icons: Icons,
        websiteUrl: z
          .string()
          .nullable()
          .meta({ description: "An https address", examples: ["https://tickets.example.com"] }),
        protocolVersion: z.string().meta({ examples: ["2026-07-28"] }),
        era: z
          .enum(["modern", "legacy"])
          .describe("`modern`: stateless, from 2026-07-28 on. `legacy`: opens with `initialize`"),
        transport: z.enum(["http", "sse"]),
        instructions: z
          .string()
          .nullable()
          .meta({ examples: [null] }),
      })
      .nullable()
      .describe("What the server says of itself; null until the first sync has succeeded"),
    capabilities: z.record(z.string(), z.unknown()).meta({
      description: "As the server declares them",
      examples: [{ tools: { listChanged: true } }],
    }),
    counts: z
      .object({ tools: z.number(), resources: z.number(), prompts: z.number() })
      .meta({ description: "What it offers", examples: [{ tools: 12, resources: 3, prompts: 1 }] }),
    warnings: z.array(z.string()).meta({
      description: "What of the server's listing was left out and why, one sentence each",
      examples: [[]],
    }),
    restricted: z.boolean().meta({
      description: "Whether it is open to chosen roles and people only, see its access list",
      examples: [false],
    }),
    needsSecondFactor: z.boolean().meta({
      description: "Whether a call through it asks for a second factor behind its caller",
      examples: [false],
    }),
    responseTimeMs: z
      .number()
      .nullable()
      .meta({
        description: "From the first request to the server until it was known, at the last sync",
        examples: [87],
      }),
    lastError: ConnectionFault.nullable().meta({ examples: [null] }),
    lastSyncedAt: z
      .number()
      .nullable()
      .meta({ examples: [1793232000000] }),
    errorCount: z.number().meta({
      description: "How often in a row its server or vendor could not be reached or refused it",
      examples: [0],
    }),
    createdBy: z.string().nullable().describe("The person's id"),
    createdFrom: z
      .object({ address: z.string().nullable(), userAgent: z.string().nullable() })
      .describe("Where it was made from"),
    lastUsedAt: z
      .number()
      .nullable()
      .describe("The last call through it; null where there was none"),
    createdAt: z.number().meta({ examples: [1793232000000] }),
    updatedAt: z.number().meta({ examples: [1793232000000] }),
  })
  .meta({ id: "Connection" });
export type Connection = z.infer<typeof Connection>;

export const ConnectionPage = pageOf(Connection);
export const ConnectionQuery = pageQueryOf("con").extend({
  status: ConnectionStatus.optional().describe("Only the connections in this state"),
  owner: ConnectionOwner.shape.kind.optional().describe("Only the team's, or only your own"),
  query: z
    .string()
    .max(100)
    .optional()
    .describe("Words that must all stand in the name, slug or URL"),
});
export type ConnectionQuery = z.infer<typeof ConnectionQuery>;

export const ConnectionTest = z
  .object({
    ok: z.boolean().meta({ examples: [true] }),
    responseTimeMs: z.number().meta({ examples: [87] }),
    server: Connection.shape.server,
    capabilities: z.record(z.string(), z.unknown()),
    counts: Connection.shape.counts,
    error: ConnectionFault.nullable().meta({
      description: "Why it did not work; null when it did",
      examples: [null],
    }),
  })
  .meta({ id: "ConnectionTest" });
export type ConnectionTest = z.infer<typeof ConnectionTest>;

export const ConnectionRevoked = z
  .object({
    connection: Connection,
    vendor: z
      .enum(["confirmed", "failed", "unsupported"])
      .describe(
        "What the vendor said. Unless `confirmed`, end the access in the vendor's own pages too",
      ),
  })
  .meta({ id: "ConnectionRevoked" });
export type ConnectionRevoked = z.infer<typeof ConnectionRevoked>;

/** Connections without anything secret, to be set up again elsewhere. Each comes in as `pending`. */
export const ConnectionExport = z
  .strictObject({
    version: z.literal(1),
    connections: z
      .array(
        z.strictObject({
          connector: z.string().max(60),
          name: ConnectionName,
          method: z.string().max(60),
          config: McpConfig.omit({ headers: true }).nullable(),
          params: z.record(z.string().max(60), z.string().max(500)),
          scopes: z.array(z.string().max(300)).max(200),
          fieldNames: z.array(z.string().max(100)).max(50),
          rotateEveryDays: rotateEveryDays.nullable(),
        }),
      )
      .max(500),
    nextCursor: z
      .string()
      .regex(/^con_[0-9a-z]{1,60}$/, "is no cursor of an export")
      .nullable()
      .optional()
      .describe("Where a team has more of them: send it as `cursor`; null on the last page"),
  })
  .meta({ id: "ConnectionExport" });
export type ConnectionExport = z.infer<typeof ConnectionExport>;

export const ConnectionImport = z
  .object({
    created: z.array(z.object({ id: z.string(), name: z.string() })),
    skipped: z.array(
      z.object({
        name: z.string().meta({ examples: ["Orders"] }),
        reason: z.string().meta({
          description: "Why, and what to do",
          examples: ["There is a connection of this name. Rename one of the two."],
        }),
      }),
    ),
  })
  .meta({ id: "ConnectionImport" });
export type ConnectionImport = z.infer<typeof ConnectionImport>;
