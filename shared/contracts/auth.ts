import * as z from "zod";
import { isOwnPath } from "../own-path";
import { plain } from "./plain";

const email = z
  .email()
  .max(254)
  .refine((address) => !/\.invalid$/i.test(address), "must be an address that can receive mail")
  .transform((address) => address.toLowerCase())
  .meta({ description: "An email address", examples: ["ada@example.com"] });
const name = plain(z.string().trim().min(1).max(80)).meta({
  description: "How people of the team see them",
  examples: ["Ada"],
});
/** One that is being set. */
export const NewPassword = z
  .string()
  .min(10, "must have 10 characters or more")
  .max(128, "must have 128 characters at most")
  .meta({ description: "10 to 128 characters", examples: ["correct horse battery"] });
/** One that is being shown. */
export const ShownPassword = z
  .string()
  .min(1)
  .max(128)
  .meta({ description: "The password", examples: ["correct horse battery"] });
/** A path of this hub, and no way to another host. */
export const OwnPath = z
  .string()
  .max(2000)
  .refine(isOwnPath, "must be a path of this hub, such as /home")
  .meta({ description: "A path of this hub's dashboard", examples: ["/"] });
const secret = z.string().trim().min(1).max(2000);
const code = z.string().trim().min(1).max(40);

export const AuthMethods = z
  .object({
    password: z.literal(true),
    signUp: z.enum(["open", "invited"]).meta({
      description: "Who may make an account: anybody, or whoever was invited",
      examples: ["invited"],
    }),
    passkeys: z.literal(true),
    providers: z
      .array(
        z.object({
          id: z.string().meta({ examples: ["github"] }),
          name: z.string().meta({ examples: ["GitHub"] }),
        }),
      )
      .describe("Where else one can sign in"),
    outbox: z.boolean().describe("Whether the hub keeps its mail to itself: GET /api/auth/outbox"),
    setUp: z.boolean().describe("Whether the hub has a team already"),
  })
  .meta({ id: "AuthMethods" });
export type AuthMethods = z.infer<typeof AuthMethods>;

export const AuthDone = z
  .object({ status: z.literal(true) })
  .meta({ id: "AuthDone", examples: [{ status: true }] });
export type AuthDone = z.infer<typeof AuthDone>;

export const AuthPerson = z
  .object({
    id: z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    name,
    email: z
      .string()
      .nullable()
      .meta({ examples: ["ada@example.com"] }),
    emailVerified: z.boolean(),
  })
  .meta({ id: "AuthPerson" });

export const SignUpWithEmail = z
  .strictObject({ name, email, password: NewPassword })
  .meta({ id: "SignUpWithEmail" });
export const SignedUp = z.object({ user: AuthPerson }).meta({ id: "SignedUp" });

export const SignInWithEmail = z
  .strictObject({ email, password: ShownPassword })
  .meta({ id: "SignInWithEmail" });
export const SignedInPerson = z
  .object({
    user: AuthPerson.optional(),
    twoFactorRedirect: z
      .literal(true)
      .optional()
      .describe("The password is right; a code of the second factor is asked for next"),
  })
  .meta({ id: "SignedInPerson" });
export type SignedInPerson = z.infer<typeof SignedInPerson>;

const back = {
  callbackURL: OwnPath.optional().describe("Where to go on once signed in"),
  errorCallbackURL: OwnPath.optional().describe("Where to go where it failed, with `?error=`"),
};
const providerId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, "must be the id of a provider of this hub")
  .meta({ examples: ["github"] });
export const SignInWithProvider = z
  .strictObject({ provider: providerId, ...back })
  .meta({ id: "SignInWithProvider" });
export const SignInWithOpenId = z
  .strictObject({ providerId, ...back })
  .meta({ id: "SignInWithOpenId" });
export const GoTo = z
  .object({ url: z.string().meta({ examples: ["https://github.com/login/oauth/authorize?…"] }) })
  .meta({ id: "GoTo" });

export const RequestPasswordReset = z
  .strictObject({ email, redirectTo: OwnPath.optional() })
  .meta({ id: "RequestPasswordReset" });
export const ResetPassword = z
  .strictObject({
    newPassword: NewPassword,
    token: secret.meta({ description: "The secret of the mail", examples: ["9mJ2…"] }),
  })
  .meta({ id: "ResetPassword" });
export const SendVerificationEmail = z
  .strictObject({ email, callbackURL: OwnPath.optional() })
  .meta({ id: "SendVerificationEmail" });
export const VerifyEmailQuery = z.object({
  token: secret.meta({ description: "The secret of the mail", examples: ["eyJ…"] }),
});
export const ChangePassword = z
  .strictObject({
    currentPassword: ShownPassword,
    newPassword: NewPassword,
    revokeOtherSessions: z.boolean().optional().describe("Ends the person's other sessions"),
  })
  .meta({ id: "ChangePassword" });
export const ChangeEmail = z
  .strictObject({
    newEmail: email,
    password: ShownPassword.optional().describe("Of whoever has one, and no second factor"),
    callbackURL: OwnPath.optional(),
  })
  .meta({ id: "ChangeEmail" });

export const ConfirmPassword = z
  .strictObject({
    password: ShownPassword.optional().describe("Left out only by whoever has no password"),
  })
  .meta({ id: "ConfirmPassword" });
const totpURI = z.string().meta({
  description: "What an authenticator app reads, as a QR code or by hand",
  examples: ["otpauth://totp/Plugboard:ada%40example.com?secret=…"],
});
const backupCodes = z
  .array(z.string())
  .meta({ description: "Recovery codes, each good once", examples: [["9JvQx-7Ld2m"]] });
export const SecondFactorBegun = z
  .object({ totpURI, backupCodes })
  .meta({ id: "SecondFactorBegun" });
export const TotpUri = z.object({ totpURI }).meta({ id: "TotpUri" });
export const BackupCodes = z.object({ backupCodes }).meta({ id: "BackupCodes" });
export const VerifyTotp = z
  .strictObject({
    code: code.meta({ description: "Six digits of the authenticator app", examples: ["123456"] }),
    trustDevice: z
      .boolean()
      .optional()
      .describe("Asks for no code in this browser for thirty days"),
  })
  .meta({ id: "VerifyTotp" });
export const VerifyBackupCode = z
  .strictObject({ code: code.meta({ description: "A recovery code", examples: ["9JvQx-7Ld2m"] }) })
  .meta({ id: "VerifyBackupCode" });

const passkeyId = z
  .string()
  .min(1)
  .max(100)
  .meta({ examples: ["pas_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const passkeyName = plain(z.string().trim().min(1).max(80)).meta({ examples: ["Laptop"] });
export const Passkey = z
  .object({
    id: passkeyId,
    name: passkeyName.nullable(),
    createdAt: z
      .number()
      .nullable()
      .meta({ examples: [1793232000000] }),
    deviceType: z.string().meta({ examples: ["multiDevice"] }),
    backedUp: z.boolean().describe("Whether it is kept on more devices than one"),
  })
  .meta({ id: "Passkey" });
export type Passkey = z.infer<typeof Passkey>;
export const Passkeys = z.array(Passkey);
export const PasskeyOptions = z
  .record(z.string(), z.unknown())
  .meta({ id: "PasskeyOptions", examples: [{ challenge: "…", rpId: "hub.example.com" }] });
const ceremony = z
  .record(z.string(), z.unknown())
  .refine(
    (answer) => JSON.stringify(answer).length <= 20_000,
    "is larger than any passkey's answer",
  )
  .meta({ description: "What the browser answered (WebAuthn)", examples: [{ id: "…" }] });
export const RegisterPasskey = z
  .strictObject({ response: ceremony, name: passkeyName.optional() })
  .meta({ id: "RegisterPasskey" });
export const SignInWithPasskey = z
  .strictObject({ response: ceremony })
  .meta({ id: "SignInWithPasskey" });
export const DeletePasskey = z.strictObject({ id: passkeyId }).meta({ id: "DeletePasskey" });
export const RenamePasskey = z
  .strictObject({ id: passkeyId, name: passkeyName })
  .meta({ id: "RenamePasskey" });

export const Jwks = z
  .object({ keys: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: "Jwks", examples: [{ keys: [{ kty: "OKP", crv: "Ed25519", x: "…" }] }] });

export const Outbox = z
  .object({
    items: z.array(
      z.object({
        id: z.string().meta({ examples: ["mail_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
        to: z.string().meta({ examples: ["ada@example.com"] }),
        subject: z.string().meta({ examples: ["Confirm your email address"] }),
        text: z.string().meta({ examples: ["Open this link: …"] }),
        at: z.number().meta({ examples: [1793232000000] }),
      }),
    ),
  })
  .meta({ id: "Outbox" });
export type Outbox = z.infer<typeof Outbox>;
