import * as z from "zod";
import { PageQuery, pageOf } from "./pages";

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
  .regex(/^[\t\x20-\x7e\x80-\xff]+$/, "may hold no line breaks and no characters outside Latin-1");

/** Sent with every request to the server. Sealed at once and never readable again. */
export const SecretHeaders = z
  .record(headerName, headerValue)
  .refine((headers) => Object.keys(headers).length <= 20, "may hold at most 20 headers");

export const McpConfig = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(2048),
  transport: z.enum(["auto", "http", "sse"]).default("auto"),
  headers: SecretHeaders.optional(),
});

const name = z.string().trim().min(1).max(80);

export const CreateConnection = z.strictObject({
  connector: z.literal("mcp"),
  name,
  config: McpConfig,
  /** Store the connection even if the server cannot be reached now. */
  allowUnreachable: z.boolean().default(false),
});
export type CreateConnection = z.infer<typeof CreateConnection>;

export const UpdateConnection = z
  .strictObject({
    name: name.optional(),
    config: z
      .strictObject({
        url: McpConfig.shape.url.optional(),
        transport: z.enum(["auto", "http", "sse"]).optional(),
        /** Replaces all headers; null removes them. */
        headers: SecretHeaders.nullable().optional(),
      })
      .optional(),
    disabled: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change.");
export type UpdateConnection = z.infer<typeof UpdateConnection>;

export const ConnectionStatus = z.enum(["connected", "error", "disabled"]);
export type ConnectionStatus = z.infer<typeof ConnectionStatus>;

export const ConnectionFault = z.object({ code: z.string(), message: z.string(), at: z.number() });
export type ConnectionFault = z.infer<typeof ConnectionFault>;

export const Connection = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  connector: z.literal("mcp"),
  status: ConnectionStatus,
  config: z.object({
    url: z.string(),
    transport: z.enum(["auto", "http", "sse"]),
    headerNames: z.array(z.string()),
  }),
  /** What the server says of itself; null until the first sync has succeeded. */
  server: z
    .object({
      name: z.string(),
      title: z.string().nullable(),
      version: z.string().nullable(),
      protocolVersion: z.string(),
      era: z.enum(["modern", "legacy"]),
      transport: z.enum(["http", "sse"]),
      instructions: z.string().nullable(),
    })
    .nullable(),
  capabilities: z.record(z.string(), z.unknown()),
  counts: z.object({ tools: z.number(), resources: z.number(), prompts: z.number() }),
  /** What of the server's listing was left out and why, one sentence each. */
  warnings: z.array(z.string()),
  /** Milliseconds from the first request to the server until it was known, at the last sync. */
  responseTimeMs: z.number().nullable(),
  lastError: ConnectionFault.nullable(),
  lastSyncedAt: z.number().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Connection = z.infer<typeof Connection>;

export const ConnectionPage = pageOf(Connection);
export const ConnectionQuery = PageQuery;

export const ConnectionTest = z.object({
  ok: z.boolean(),
  responseTimeMs: z.number(),
  server: Connection.shape.server,
  capabilities: z.record(z.string(), z.unknown()),
  counts: Connection.shape.counts,
  error: ConnectionFault.nullable(),
});
export type ConnectionTest = z.infer<typeof ConnectionTest>;
