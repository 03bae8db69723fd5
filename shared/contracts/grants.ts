import * as z from "zod";
import { clientScopes, permissions } from "../roles";
import { pageOf } from "./pages";
import { plain } from "./plain";

const grantId = z.string().meta({ examples: ["gra_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const teamId = z.string().meta({ examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const connectionIds = z
  .array(z.string().max(100))
  .max(200)
  .nullable()
  .meta({
    description: "Ids of the connections it may use; null for all its person may use",
    examples: [["con_01k5x8m0qv2h7c9d4e6f8g0h2j"]],
  });
const scopes = z.array(z.enum(permissions)).meta({ examples: [["tools.read", "tools.call"]] });
const person = z.object({
  id: z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
  name: z.string().meta({ examples: ["Owner"] }),
});
const at = z.number().meta({ examples: [1793232000000] });
const lastSeen = z
  .object({
    at,
    address: z
      .string()
      .nullable()
      .meta({ examples: ["192.0.2.1"] }),
    userAgent: z
      .string()
      .nullable()
      .meta({ examples: ["claude-code/2.1.0"] }),
  })
  .nullable()
  .describe("When and where it was last used, to the minute or so; null for never");
const redirectHost = z.string().meta({
  description: "Where the client is answered: a host, or an app's own address",
  examples: ["claude.ai"],
});

export const ConsentQuery = z
  .strictObject({
    query: z
      .string()
      .min(1)
      .max(8000)
      .meta({ description: "The query of `/oauth/authorize`", examples: ["response_type=code&…"] }),
  })
  .meta({ id: "ConsentQuery" });

export const ConsentAsked = z
  .object({
    handle: z
      .string()
      .meta({ description: "Good for one answer within ten minutes", examples: ["5fZ…"] }),
    client: z.object({
      id: z.string().meta({ examples: ["https://claude.ai/oauth/client-metadata"] }),
      name: z.string().meta({ description: "As the client calls itself", examples: ["Claude"] }),
      domain: z
        .string()
        .nullable()
        .meta({
          description: "The host that vouches for it; null for none",
          examples: ["claude.ai"],
        }),
      uri: z
        .string()
        .nullable()
        .meta({ examples: ["https://claude.ai"] }),
      redirectHost,
      local: z
        .boolean()
        .meta({ description: "Whether an app on this machine is answered", examples: [false] }),
    }),
    resource: z.string().meta({
      description: "The MCP endpoint it asks for",
      examples: ["https://hub.example.com/mcp"],
    }),
    scopes: z.array(
      z.object({
        name: z.enum(clientScopes).meta({ examples: ["tools.call"] }),
        needed: z.boolean().meta({ description: "Goes with any access", examples: [false] }),
        granted: z.boolean().meta({ description: "The client has it already", examples: [false] }),
      }),
    ),
    teams: z.array(
      z.object({
        id: teamId,
        name: z.string().meta({ examples: ["Support"] }),
        role: z.string().meta({ examples: ["member"] }),
        scopes: z.array(z.enum(clientScopes)).meta({
          description: "Which of the scopes you can give there",
          examples: [["tools.read"]],
        }),
      }),
    ),
    currentTeamId: teamId.nullable(),
    connections: z.array(
      z.object({
        teamId,
        id: z.string().meta({ examples: ["con_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
        name: z.string().meta({ examples: ["GitHub"] }),
      }),
    ),
  })
  .meta({ id: "ConsentAsked" });
export type ConsentAsked = z.infer<typeof ConsentAsked>;

export const ConsentRedirect = z
  .object({
    redirectTo: z.string().meta({
      description: "Where to send the browser: back to the client",
      examples: ["https://claude.ai/api/mcp/auth_callback?code=…"],
    }),
  })
  .meta({ id: "ConsentRedirect" });

export const ConsentDecision = z
  .strictObject({
    handle: z
      .string()
      .min(1)
      .max(200)
      .meta({ examples: ["5fZ…"] }),
    decision: z.enum(["approve", "deny"]).meta({ examples: ["approve"] }),
    teamId: teamId.max(100).optional(),
    scopes: z
      .array(z.enum(clientScopes))
      .max(20)
      .optional()
      .meta({ examples: [["tools.read", "tools.call"]] }),
    connections: connectionIds.optional(),
  })
  .meta({ id: "ConsentDecision" });
export type ConsentDecision = z.infer<typeof ConsentDecision>;

export const ClientGrant = z
  .object({
    id: grantId,
    client: z.object({
      id: z.string().meta({ examples: ["https://claude.ai/oauth/client-metadata"] }),
      name: z.string().meta({ description: "As the client calls itself", examples: ["Claude"] }),
      redirectHost,
    }),
    person: person.nullable().describe("Who let it in"),
    resource: z.string().meta({ examples: ["https://hub.example.com/mcp"] }),
    scopes,
    connections: connectionIds,
    createdAt: at,
    lastSeen,
    you: z.boolean().meta({ description: "Whether you let it in", examples: [true] }),
  })
  .meta({ id: "ClientGrant" });
export type ClientGrant = z.infer<typeof ClientGrant>;
export const ClientGrantPage = pageOf(ClientGrant);

export const MachineClient = z
  .object({
    id: z
      .string()
      .meta({ description: "Its client_id", examples: ["mac_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    name: z.string().meta({ examples: ["Nightly report"] }),
    scopes: z.array(z.enum(clientScopes)).meta({ examples: [["tools.read", "tools.call"]] }),
    connections: connectionIds,
    createdBy: person,
    createdAt: at,
    lastSeen,
  })
  .meta({ id: "MachineClient" });
export type MachineClient = z.infer<typeof MachineClient>;
export const MachineClientPage = pageOf(MachineClient);

export const CreateMachineClient = z
  .strictObject({
    name: plain(z.string().trim().min(1).max(80)).meta({
      description: "What it is for",
      examples: ["Nightly report"],
    }),
    scopes: z
      .array(z.enum(clientScopes))
      .min(1)
      .max(20)
      .meta({ examples: [["tools.read", "tools.call"]] }),
    connections: connectionIds.default(null),
  })
  .meta({ id: "CreateMachineClient" });
export type CreateMachineClient = z.infer<typeof CreateMachineClient>;

export const MachineClientSecret = MachineClient.extend({
  clientSecret: z
    .string()
    .meta({ description: "Shown once; only its hash is kept", examples: ["pbs_…"] }),
}).meta({ id: "MachineClientSecret" });
export type MachineClientSecret = z.infer<typeof MachineClientSecret>;
