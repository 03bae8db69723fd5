import * as z from "zod";
import { PageQuery, pageOf } from "./pages";

const schema = z.record(z.string(), z.unknown());

export const ToolStatus = z.enum(["available", "quarantined", "unavailable"]);
export type ToolStatus = z.infer<typeof ToolStatus>;

export const Tool = z.object({
  id: z.string(),
  /** The tool's name on its server. */
  name: z.string(),
  /** The tool's name at `/mcp`, where it stands beside those of other connections. */
  exposedName: z.string(),
  connectionId: z.string(),
  connectionSlug: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  inputSchema: schema,
  outputSchema: schema.nullable(),
  annotations: schema,
  /**
   * `quarantined`: its server changed it and nobody has accepted the change yet. `unavailable`: its connection is
   * disabled or in error.
   */
  status: ToolStatus,
  /** The changed definition that waits to be accepted, and its hash. */
  pending: z.object({ hash: z.string(), definition: schema }).nullable(),
  /** Milliseconds a call may take. */
  timeoutMs: z.number(),
});
export type Tool = z.infer<typeof Tool>;

export const ToolPage = pageOf(Tool);
export const ToolQuery = PageQuery.extend({
  connection: z.string().max(100).optional(),
  query: z.string().max(200).optional(),
});
export type ToolQuery = z.infer<typeof ToolQuery>;

export const UpdateTool = z.strictObject({
  /** Null sets the default of 30 seconds. */
  timeoutMs: z.number().int().min(100).max(600_000).nullable(),
});
export type UpdateTool = z.infer<typeof UpdateTool>;

export const AcceptTool = z.strictObject({ hash: z.string().length(64) });

export const CallTool = z.strictObject({
  arguments: z.record(z.string(), z.unknown()).default({}),
});
export type CallTool = z.infer<typeof CallTool>;
