import * as z from "zod";
import { PageQuery, pageOf } from "./pages";

export const AuditEntry = z.object({
  id: z.string(),
  at: z.number(),
  actor: z.object({ kind: z.string(), id: z.string(), personId: z.string().nullable() }),
  /** `connection.create`, `connection.update`, … */
  action: z.string(),
  subjectId: z.string(),
  requestId: z.string(),
  /** What changed, without secrets. */
  details: z.record(z.string(), z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry);
export const AuditQuery = PageQuery;
