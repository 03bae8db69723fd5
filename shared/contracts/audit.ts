import * as z from "zod";
import { PageQuery, pageOf } from "./pages";

export const AuditEntry = z
  .object({
    id: z.string().meta({ examples: ["aud_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
    at: z.number().meta({ examples: [1793232000000] }),
    actor: z.object({
      kind: z.string().meta({ examples: ["apiKey"] }),
      id: z.string().meta({ examples: ["key_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
      personId: z
        .string()
        .nullable()
        .meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    }),
    action: z.string().meta({
      description: "What was done: `connection.create`, `tool.accept`, …",
      examples: ["connection.update"],
    }),
    subjectId: z
      .string()
      .meta({ description: "What it was done to", examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    requestId: z.string().meta({ examples: ["req_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
    details: z.record(z.string(), z.unknown()).meta({
      description: "What changed, without secrets",
      examples: [{ before: { name: "Tickets" }, after: { name: "Support tickets" } }],
    }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry);
export const AuditQuery = PageQuery;
