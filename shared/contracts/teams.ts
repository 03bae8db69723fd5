import * as z from "zod";
import { permissions } from "../roles";
import { SignUpWithEmail } from "./auth";
import { pageOf } from "./pages";
import { plain } from "./plain";

const team = z.object({
  id: z.string().meta({ examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
  name: z.string().meta({ examples: ["Support"] }),
});
const personId = z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const person = z.object({ id: personId, name: z.string().meta({ examples: ["Owner"] }) });
const roleName = z.string().meta({
  description:
    "A role every team has (owner, admin, operator, member, viewer), or one of the team's own",
  examples: ["owner"],
});
const sessionEnd = z
  .number()
  .meta({ description: "When the session ends", examples: [1793836800000] });
const secretKey = z
  .string()
  .meta({ description: "Shown once; only its hash is kept", examples: ["pb_…"] });
const signInToken = z
  .string()
  .describe("The secret of a sign-in link: good for one use within ten minutes");

export const Setup = z
  .strictObject({
    team: plain(z.string().trim().min(1).max(80)).meta({
      description: "The team's name",
      examples: ["Support"],
    }),
    owner: plain(z.string().trim().min(1).max(80)).meta({
      description: "The owner's name",
      examples: ["Owner"],
    }),
    ownerEmail: SignUpWithEmail.shape.email
      .optional()
      .describe("The owner's address, which whoever sets the hub up vouches for"),
  })
  .meta({ id: "Setup" });
export type Setup = z.infer<typeof Setup>;

export const SetupDone = z
  .object({
    teamId: team.shape.id,
    personId,
    apiKey: secretKey,
    signInToken,
  })
  .meta({ id: "SetupDone" });
export type SetupDone = z.infer<typeof SetupDone>;

export const SignIn = z
  .strictObject({
    token: z.string().trim().min(1).max(200).describe("The secret of a sign-in link"),
  })
  .meta({ id: "SignIn" });
export type SignIn = z.infer<typeof SignIn>;

export const SignedIn = z
  .object({ team, person, role: roleName, expiresAt: sessionEnd })
  .meta({ id: "SignedIn" });
export type SignedIn = z.infer<typeof SignedIn>;

export const SignInLink = z
  .object({
    signInToken,
    expiresAt: z.number().meta({ description: "Until when it is good", examples: [1793232600000] }),
  })
  .meta({ id: "SignInLink" });
export type SignInLink = z.infer<typeof SignInLink>;

const keyId = z.string().meta({ examples: ["key_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const keyName = z.string().meta({ examples: ["First key"] });
const keyPrefix = z.string().meta({
  description: "The beginning of the key, to tell keys apart",
  examples: ["pb_8fK2xQ"],
});

const scopes = z
  .array(z.enum(permissions))
  .min(1)
  .max(permissions.length)
  .meta({ examples: [["tools.read", "tools.call"]] });
const allowedAddresses = z
  .array(z.string().trim().min(1).max(60))
  .min(1)
  .max(50)
  .meta({ examples: [["203.0.113.0/24", "2001:db8::7"]] });

/** When and where a credential was used last. It is written down within a minute or so. */
export const LastUse = z
  .object({
    at: z.number().meta({ examples: [1793232000000] }),
    address: z
      .string()
      .nullable()
      .meta({ examples: ["203.0.113.7"] }),
    userAgent: z
      .string()
      .nullable()
      .meta({ examples: ["curl/8.9.1"] }),
  })
  .meta({ id: "LastUse" });
export type LastUse = z.infer<typeof LastUse>;

export const ApiKey = z
  .object({
    id: keyId,
    name: keyName,
    prefix: keyPrefix,
    personId: personId.describe("Whose key it is"),
    personName: person.shape.name,
    scopes: scopes
      .nullable()
      .describe("What of its person's permissions the key has; null for all of them"),
    allowedAddresses: allowedAddresses
      .nullable()
      .describe("CIDR blocks the key may be used from; null for anywhere"),
    createdAt: z.number().meta({ examples: [1793232000000] }),
    expiresAt: z
      .number()
      .nullable()
      .meta({ description: "When it ends by itself; null for never", examples: [1801008000000] }),
    replacedBy: keyId
      .nullable()
      .describe("The key that took its place; this one goes on until `expiresAt`"),
    lastUsed: LastUse.nullable().describe("Null where it was never used"),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyPage = pageOf(ApiKey);

const newKeyName = plain(z.string().trim().min(1).max(80)).meta({
  description: "What the key is for",
  examples: ["Claude Code"],
});

export const CreateApiKey = z
  .strictObject({
    name: newKeyName,
    scopes: scopes
      .nullable()
      .optional()
      .describe("What the key may do: some of what you may do yourself. Left out, all of it"),
    expiresInDays: z
      .number()
      .int()
      .min(1)
      .max(3650)
      .optional()
      .meta({ description: "For how many days it is good", examples: [90] }),
    expiresAt: z
      .number()
      .int()
      .optional()
      .meta({
        description: "Until when it is good, in place of `expiresInDays`",
        examples: [1801008000000],
      }),
    allowedAddresses: allowedAddresses
      .nullable()
      .optional()
      .describe("Addresses and CIDR blocks it may be used from, IPv4 or IPv6"),
  })
  .refine((key) => key.expiresInDays === undefined || key.expiresAt === undefined, {
    path: ["expiresAt"],
    message: "Give expiresInDays or expiresAt, not both",
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const UpdateApiKey = z
  .strictObject({
    name: newKeyName.optional(),
    scopes: scopes.nullable().optional().describe("Null for all of its person's permissions"),
    allowedAddresses: allowedAddresses.nullable().optional().describe("Null for anywhere"),
  })
  .refine((change) => Object.keys(change).length > 0, "Name at least one field to change")
  .meta({ id: "UpdateApiKey" });
export type UpdateApiKey = z.infer<typeof UpdateApiKey>;

export const RotateApiKey = z
  .strictObject({
    overlapHours: z
      .number()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: "For how long the old key goes on", examples: [24] }),
  })
  .meta({ id: "RotateApiKey" });
export type RotateApiKey = z.infer<typeof RotateApiKey>;

export const CreatedApiKey = ApiKey.extend({ apiKey: secretKey }).meta({ id: "CreatedApiKey" });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const Me = z
  .object({
    team,
    person,
    role: roleName,
    permissions: z.array(z.enum(permissions)).meta({
      description: "What you may do: what your role grants, narrowed by the key's scopes",
      examples: [["tools.read", "tools.call"]],
    }),
    apiKey: z
      .object({ id: keyId, name: keyName, prefix: keyPrefix })
      .nullable()
      .describe("The key of this request; null where it came with a session"),
    session: z
      .object({
        id: z.string().meta({ examples: ["ses_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
        expiresAt: sessionEnd,
      })
      .nullable()
      .describe("The session of this request; null where it came with a key"),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;
