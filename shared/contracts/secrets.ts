import * as z from "zod";
import { pageOf, pageQuery } from "./pages";
import { plain } from "./plain";

const name = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Stands for its value as `{{secrets.NAME}}` wherever a connection's field takes a secret. */
export const SecretName = z
  .string()
  .regex(name, "must be capital letters, digits and underscores, and begin with a letter")
  .meta({ examples: ["TICKETS_TOKEN"] });

export const Secret = z
  .object({
    id: z.string().meta({ examples: ["sec_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    name: SecretName,
    description: z.string().nullable(),
    lastFour: z
      .string()
      .nullable()
      .meta({
        description: "Its last four characters; null where it is too short to show any",
        examples: ["c0de"],
      }),
    usedBy: z
      .array(z.object({ kind: z.enum(["connection"]), id: z.string(), name: z.string() }))
      .describe("What uses it, fifty at most; without what does not exist for you"),
    uses: z.number().describe("How many use it, what does not exist for you among them"),
    createdBy: z.string().nullable().describe("The person's id"),
    createdAt: z.number(),
    updatedAt: z.number(),
  })
  .meta({ id: "Secret" });
export type Secret = z.infer<typeof Secret>;

const value = z
  .string()
  .min(1)
  .max(20_000)
  .refine((text) => text.isWellFormed() && !text.includes("\0"), "holds what is no character")
  .refine((text) => !/[\r\n]$/.test(text), "ends with a line break: paste it without")
  .describe("Never readable again");
const description = plain(z.string().trim().max(300));

export const CreateSecret = z
  .strictObject({ name: SecretName, value, description: description.optional() })
  .meta({ id: "CreateSecret" });
export type CreateSecret = z.infer<typeof CreateSecret>;

export const UpdateSecret = z
  .strictObject({ value: value.optional(), description: description.nullable().optional() })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change.")
  .meta({ id: "UpdateSecret" });
export type UpdateSecret = z.infer<typeof UpdateSecret>;

export const SecretPage = pageOf(Secret);
export const SecretQuery = pageQuery(name).extend({
  query: z.string().max(100).optional().describe("Stands in the name or description"),
});
export type SecretQuery = z.infer<typeof SecretQuery>;

/** What the vault says of a team's sealed records. */
export const VaultState = z
  .object({
    masterKeyId: z.string().describe("The master key the team's data keys are wrapped with"),
    newestMasterKeyId: z.string(),
    dataKeyId: z.string().describe("The data key new records are sealed with"),
    records: z.number(),
    rotation: z
      .object({
        state: z.enum(["none", "running", "failed"]),
        done: z.number(),
        total: z.number(),
        startedAt: z.number().nullable(),
        finishedAt: z.number().nullable(),
      })
      .describe("Sealing every record anew under a new data key"),
  })
  .meta({ id: "VaultState" });
export type VaultState = z.infer<typeof VaultState>;

export const VaultCheck = z
  .object({
    checked: z.number(),
    faults: z.array(
      z.object({
        credentialId: z.string(),
        kind: z.string(),
        subjectId: z.string(),
        reason: z.enum(["missing", "altered", "unknown_key"]),
      }),
    ),
    cursor: z.string().nullable().describe("Where to go on; null at the end"),
  })
  .meta({ id: "VaultCheck" });
export type VaultCheck = z.infer<typeof VaultCheck>;

export const VerifyVault = z
  .strictObject({
    cursor: z
      .string()
      .regex(/^crd_\w{1,40}$/, "is no cursor of an answer")
      .nullable()
      .optional()
      .describe("The `cursor` of the answer before; left out at the start"),
  })
  .meta({ id: "VerifyVault" });
export type VerifyVault = z.infer<typeof VerifyVault>;

export const RotateVault = z
  .strictObject({
    dataKeyId: z
      .string()
      .regex(/^[\w-]{1,100}$/, "is no id of a data key")
      .optional()
      .describe("The data key in use as you know it: where it is another by now, nothing is done"),
  })
  .meta({ id: "RotateVault" });
export type RotateVault = z.infer<typeof RotateVault>;
