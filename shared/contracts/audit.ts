import * as z from "zod";
import { PageQuery, pageOf } from "./pages";

const state = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({ examples: [{ name: "Support tickets" }] });

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
    seq: z.number().meta({ description: "Its number in the team's chain", examples: [42] }),
    address: z
      .string()
      .nullable()
      .meta({ description: "The IP address it was done from", examples: ["203.0.113.7"] }),
    userAgent: z
      .string()
      .nullable()
      .meta({ examples: ["curl/8.9.1"] }),
    details: z.record(z.string(), z.unknown()).meta({ examples: [{ headersReplaced: false }] }),
    before: state.describe(
      "The subject before the change, without secrets; null where nothing was",
    ),
    after: state.describe("The subject after the change, without secrets; null where nothing is"),
    hash: z
      .string()
      .meta({ description: "SHA-256 of this entry and the hash before it", examples: ["9f86d0…"] }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditPage = pageOf(AuditEntry);
export const AuditQuery = PageQuery;
