import * as z from "zod";
import { pageOf, pageQueryByNumber } from "./pages";
import { requestTime } from "./times";

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
export const AuditPage = pageOf(AuditEntry).extend({
  keptForDays: z
    .number()
    .meta({ description: "After how many days entries are deleted", examples: [365] }),
});

const filters = {
  action: z
    .string()
    .regex(
      /^[a-z_.]{1,60}(\*)?$/,
      "is an action like connection.create, or a group like connection.*",
    )
    .optional()
    .meta({
      description: "One action, or all of a kind: `connection.*`",
      examples: ["connection.*"],
    }),
  person: z
    .string()
    .max(100)
    .optional()
    .meta({
      description: "The id of a person: what they did, or their keys and clients",
      examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"],
    }),
  subject: z
    .string()
    .max(200)
    .optional()
    .meta({
      description: "The id of what it was done to",
      examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"],
    }),
  since: requestTime("Not before this time").optional(),
  until: requestTime("Not after this time").optional(),
};
export const AuditFilter = z.object(filters);
export type AuditFilter = z.infer<typeof AuditFilter>;
export const AuditQuery = pageQueryByNumber("aud").extend(filters);
export type AuditQuery = z.infer<typeof AuditQuery>;

export const AuditExportQuery = z.strictObject({
  format: z.enum(["csv", "jsonl"]).default("jsonl").describe("CSV for spreadsheets, or JSON Lines"),
  ...filters,
});
export type AuditExportQuery = z.infer<typeof AuditExportQuery>;

export const VerifyAudit = z
  .strictObject({
    after: z
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({
        description: "Goes on behind this entry: the `to` of the answer before",
        examples: [20000],
      }),
  })
  .meta({ id: "VerifyAudit" });
export type VerifyAudit = z.infer<typeof VerifyAudit>;

export const AuditVerdict = z
  .object({
    ok: z
      .boolean()
      .meta({ description: "Whether all that was looked at is whole", examples: [true] }),
    checked: z.number().meta({ description: "How many entries were looked at", examples: [412] }),
    from: z.number().meta({ description: "Behind which entry it began", examples: [0] }),
    to: z.number().meta({ description: "The last entry that was found whole", examples: [412] }),
    done: z.boolean().meta({
      description:
        "Whether the end of the log was reached; if not, ask again with `after` set to `to`",
      examples: [true],
    }),
    fault: z
      .object({
        seq: z.number().meta({ examples: [37] }),
        id: z
          .string()
          .nullable()
          .meta({ examples: ["aud_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
        reason: z.string().meta({ examples: ["Entry 37 was changed after it was written."] }),
      })
      .nullable()
      .describe("The first thing that is wrong; null where nothing is"),
  })
  .meta({ id: "AuditVerdict" });
export type AuditVerdict = z.infer<typeof AuditVerdict>;
