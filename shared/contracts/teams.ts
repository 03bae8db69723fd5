import * as z from "zod";
import { permissions } from "../roles";
import { pageOf } from "./pages";

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
    team: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .meta({ description: "The team's name", examples: ["Support"] }),
    owner: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .meta({ description: "The owner's name", examples: ["Owner"] }),
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

export const ApiKey = z
  .object({
    id: keyId,
    name: keyName,
    prefix: keyPrefix,
    personId: personId.describe("Whose key it is"),
    createdAt: z.number().meta({ examples: [1793232000000] }),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyPage = pageOf(ApiKey);

export const CreateApiKey = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .meta({ description: "What the key is for", examples: ["Claude Code"] }),
  })
  .meta({ id: "CreateApiKey" });
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const CreatedApiKey = ApiKey.extend({ apiKey: secretKey }).meta({ id: "CreatedApiKey" });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;

export const Me = z
  .object({
    team,
    person,
    role: roleName,
    permissions: z
      .array(z.enum(permissions))
      .meta({
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
