import * as z from "zod";
import { Connection, ConnectionName, ConnectionOwner, McpConfig } from "./connections";

/** Why a sign-in at a vendor came to nothing. */
export const flowErrors = [
  "denied",
  "scope_refused",
  "wrong_account",
  "expired",
  "cancelled",
  "state_mismatch",
  "issuer_mismatch",
  "callback_invalid",
  "token_refused",
  "token_invalid",
  "unreachable",
  "refused_address",
  "discovery_failed",
  "registration_failed",
  "misconfigured",
  "test_failed",
  "not_allowed",
  "name_taken",
  "connection_gone",
  "internal",
] as const;
export type FlowErrorCode = (typeof flowErrors)[number];

export const FlowFault = z.object({
  code: z.enum(flowErrors),
  message: z.string().meta({
    description: "What happened and what to do, in the hub's own words",
    examples: ["Access was not granted at Salesforce. Start again and allow it."],
  }),
});
export type FlowFault = z.infer<typeof FlowFault>;

export const StartConnectFlow = z
  .strictObject({
    connector: z
      .string()
      .min(1)
      .max(60)
      .meta({ examples: ["salesforce"] }),
    method: z
      .string()
      .min(1)
      .max(60)
      .optional()
      .meta({ description: "One of the connector's; the first unless told", examples: ["oauth"] }),
    name: ConnectionName.optional().describe("Needed but for a reconnect"),
    config: McpConfig.omit({ headers: true }).optional().describe("Of the connector `mcp` only"),
    params: z
      .record(z.string().max(60), z.string().max(500))
      .default({})
      .describe("The connector's parameters by name: they tell one account from another"),
    fields: z
      .record(z.string().max(60), z.string().max(20_000))
      .default({})
      .describe("What the method asks for by name, sealed at once"),
    scopes: z
      .array(z.string().min(1).max(300))
      .max(200)
      .optional()
      .meta({
        description: "Those asked for; the connector's defaults unless told",
        examples: [["api", "refresh_token"]],
      }),
    owner: ConnectionOwner.shape.kind.default("team"),
    connectionId: z
      .string()
      .max(100)
      .optional()
      .meta({
        description: "Reconnects this connection in place: id, tools, policies and history stay",
        examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"],
      }),
    client: z
      .strictObject({
        clientId: z
          .string()
          .min(1)
          .max(500)
          .meta({ examples: ["plugboard-of-acme"] }),
        clientSecret: z
          .string()
          .min(1)
          .max(4000)
          .optional()
          .describe("Left out where the server gave none"),
      })
      .optional()
      .describe(
        "A client registered beforehand, for MCP servers whose authorization server takes no other",
      ),
  })
  .meta({ id: "StartConnectFlow" });
export type StartConnectFlow = z.infer<typeof StartConnectFlow>;

export const ConnectFlow = z
  .object({
    id: z.string().meta({ examples: ["flo_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    status: z
      .enum(["waiting", "choosing", "working", "done", "failed"])
      .describe(
        "`waiting` for the vendor's page; `choosing` for one of `choices`; `working` on tokens and the test",
      ),
    connector: z.string().meta({ examples: ["salesforce"] }),
    authorizeUrl: z
      .string()
      .nullable()
      .meta({
        description: "Where to send the person; null once nobody need go there",
        examples: ["https://login.salesforce.com/services/oauth2/authorize?response_type=code&…"],
      }),
    device: z
      .object({
        userCode: z.string().meta({ examples: ["WDJB-MJHT"] }),
        verificationUri: z.string().meta({ examples: ["https://github.com/login/device"] }),
        intervalSeconds: z.number().meta({ examples: [5] }),
      })
      .nullable()
      .describe("The code to enter at the vendor, and where"),
    choices: z
      .object({
        param: z.string().meta({ description: "The parameter it is about", examples: ["cloudId"] }),
        label: z.string().meta({ examples: ["Site"] }),
        options: z.array(
          z.object({
            value: z.string().meta({ examples: ["1324a887-45db-1bf4-1e99-ef0ff456d421"] }),
            name: z.string().meta({ examples: ["acme.atlassian.net"] }),
          }),
        ),
      })
      .nullable()
      .describe("The accounts the sign-in reaches, while one is to be chosen"),
    connectionId: z
      .string()
      .nullable()
      .meta({
        description: "The connection it made or reconnects",
        examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"],
      }),
    connection: Connection.nullable().describe("The connection once it is made"),
    error: FlowFault.nullable(),
    expiresAt: z
      .number()
      .meta({ description: "When it is given up", examples: [1_795_260_600_000] }),
  })
  .meta({ id: "ConnectFlow" });
export type ConnectFlow = z.infer<typeof ConnectFlow>;

export const ChooseInFlow = z
  .strictObject({
    value: z
      .string()
      .min(1)
      .max(500)
      .meta({
        description: "One of `choices.options`",
        examples: ["1324a887-45db-1bf4-1e99-ef0ff456d421"],
      }),
  })
  .meta({ id: "ChooseInFlow" });
export type ChooseInFlow = z.infer<typeof ChooseInFlow>;
