import * as z from "zod";
import { NewPassword, ShownPassword, SignUpWithEmail, VerifyBackupCode } from "./auth";

const teamId = z
  .string()
  .min(1)
  .max(100)
  .meta({ examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const time = z.number().meta({ examples: [1793232000000] });

export const Account = z
  .object({
    person: z.object({
      id: z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
      name: z.string().meta({ examples: ["Ada"] }),
      email: z
        .string()
        .nullable()
        .meta({ description: "Null for who has given none", examples: ["ada@example.com"] }),
      emailVerified: z.boolean(),
      image: z.string().nullable(),
    }),
    session: z.object({
      id: z.string().meta({ examples: ["ses_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
      expiresAt: time,
      secondFactorAt: time.nullable().describe("When a second factor was last shown in it"),
    }),
    teamId: teamId.nullable().describe("The team this session works in"),
    teams: z
      .array(
        z.object({
          id: teamId,
          name: z.string().meta({ examples: ["Support"] }),
          role: z.string().meta({ examples: ["owner"] }),
        }),
      )
      .describe("Every team the person belongs to"),
    secondFactor: z.object({ enabled: z.boolean() }),
    hasPassword: z.boolean(),
    providers: z
      .array(
        z.object({
          id: z.string().meta({ examples: ["github"] }),
          name: z.string().meta({ examples: ["GitHub"] }),
        }),
      )
      .describe("Accounts elsewhere the person signs in with"),
  })
  .meta({ id: "Account" });
export type Account = z.infer<typeof Account>;

export const UpdateAccount = z
  .strictObject({ name: SignUpWithEmail.shape.name.optional() })
  .refine((change) => Object.keys(change).length > 0, "says nothing to change")
  .meta({ id: "UpdateAccount" });
export type UpdateAccount = z.infer<typeof UpdateAccount>;

export const ChooseTeam = z.strictObject({ teamId }).meta({ id: "ChooseTeam" });

export const Session = z
  .object({
    id: z.string().meta({ examples: ["ses_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    current: z.boolean().describe("Whether it is the session of this request"),
    createdAt: time,
    expiresAt: time,
    address: z
      .string()
      .nullable()
      .meta({ examples: ["203.0.113.7"] }),
    userAgent: z
      .string()
      .nullable()
      .meta({ examples: ["Mozilla/5.0 …"] }),
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;
export const SessionList = z.object({ items: z.array(Session) });
export const SessionsEnded = z
  .object({ ended: z.number().meta({ examples: [2] }) })
  .meta({ id: "SessionsEnded" });

export const ShowSecondFactor = z
  .strictObject({
    code: VerifyBackupCode.shape.code.meta({
      description: "Six digits of the authenticator app, or a recovery code",
      examples: ["123456"],
    }),
  })
  .meta({ id: "ShowSecondFactor" });
export const SetPassword = z.strictObject({ newPassword: NewPassword }).meta({ id: "SetPassword" });
export const SetEmail = z
  .strictObject({
    email: SignUpWithEmail.shape.email,
    password: ShownPassword.optional().describe("Of whoever has one, and no second factor"),
  })
  .meta({ id: "SetEmail" });

export const AccessToken = z
  .object({
    accessToken: z.string().meta({ description: "Shown once", examples: ["eyJ…"] }),
    tokenType: z.literal("Bearer"),
    expiresAt: time,
  })
  .meta({ id: "AccessToken" });
export type AccessToken = z.infer<typeof AccessToken>;
