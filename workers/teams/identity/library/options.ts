import { passkey } from "@better-auth/passkey";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { twoFactor } from "better-auth/plugins/two-factor";
import { newId, type IdPrefix } from "../../../../shared/ids";
import { describeError, log } from "../../../platform/log";
import { registryOf } from "../../../platform/registry";
import { authSecret } from "../../../platform/settings";
import { cookieAttributes, sessionCookieName, sessionMs } from "../../session-cookie";
import { accounts, passkeys, people, sessions, twoFactors, verifications } from "../../tables";
import { knownAddressLetter, resetLetter, verificationLetter } from "../letters";
import { hasRoom, mailRule } from "../lock-out";
import { hashPassword, verifyPassword } from "../password";
import { socialProviders, type OpenIdProvider } from "../providers";
import { givenName } from "../given-name";
import { withTokensAtRest } from "./tokens-at-rest";
import { current } from "./asked";
import { openSession, refuseUninvited, secondFactorKept, takeOver } from "./hooks";
import { afterReset } from "../after-reset";
import { post } from "../post";

// The one file that imports the identity library. It is itself imported lazily: a tool call never pays for it.

const prefixes: Record<string, IdPrefix> = {
  user: "per",
  session: "ses",
  account: "acc",
  verification: "ver",
  twoFactor: "fac",
  passkey: "pas",
};

export type LibraryOf = { env: Env; origin: string; openId: OpenIdProvider | undefined };

export function createLibrary({ env, origin, openId }: LibraryOf) {
  const schema = {
    user: people,
    session: sessions,
    account: accounts,
    verification: verifications,
    twoFactor: twoFactors,
    passkey: passkeys,
  };
  return betterAuth({
    appName: "Plugboard",
    secret: authSecret(env),
    baseURL: origin,
    basePath: "/api/auth",
    trustedOrigins: [origin],
    database: withTokensAtRest(
      drizzleAdapter(registryOf(env), { provider: "sqlite", transaction: false, schema }),
    ),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    onAPIError: { errorURL: `${origin}/sign-in` },
    session: {
      expiresIn: sessionMs / 1000,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      additionalFields: {
        teamId: { type: "string", required: false, input: false },
        onlyTeamId: { type: "string", required: false, input: false },
        secondFactorAt: { type: "number", required: false, input: false },
      },
    },
    account: {
      encryptOAuthTokens: true,
      updateAccountOnSignIn: false,
      accountLinking: {
        enabled: true,
        // Whoever made the account without confirming its address is put out: `takeOver`.
        requireLocalEmailVerified: false,
        trustedProviders: [],
      },
    },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: 60 * 60,
      password: { hash: hashPassword, verify: verifyPassword },
      sendResetPassword: async ({ user, token }) =>
        post(env, resetLetter({ origin, to: user.email, token })),
      onExistingUserSignUp: async ({ user }) => {
        const room = { name: `known-address/${user.id}`, rule: mailRule };
        if (await hasRoom(env, [room]))
          await post(env, knownAddressLetter({ origin, to: user.email }));
      },
      onPasswordReset: ({ user }) => afterReset(env, { origin, personId: user.id }),
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      expiresIn: 60 * 60,
      sendVerificationEmail: async ({ user, token }) =>
        post(env, verificationLetter({ origin, to: user.email, token })),
    },
    // Whoever reads the table must not find links in it that set a password.
    verification: {
      storeIdentifier: { default: "plain", overrides: { "reset-password:": "hashed" } },
    },
    socialProviders: socialProviders(env),
    plugins: [
      twoFactor({ issuer: "Plugboard", allowPasswordless: true }),
      passkey({
        rpID: new URL(origin).hostname,
        rpName: "Plugboard",
        origin,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        registration: {
          afterVerification: ({ verification }) => verified(verification.registrationInfo),
        },
        authentication: {
          afterVerification: ({ verification }) => verified(verification.authenticationInfo),
        },
      }),
      ...(openId ? [genericOAuth({ config: [openIdConfig(openId)] })] : []),
    ],
    databaseHooks: {
      user: {
        create: {
          before: async (user, asked) => {
            await refuseUninvited(env, user, asked?.path);
            return { data: { name: givenName(user) } };
          },
        },
      },
      account: {
        // Nothing asks a provider anything later on: what is not kept cannot leak.
        create: {
          before: async (account) => {
            await takeOver(env, account);
            return { data: { accessToken: null, refreshToken: null, idToken: null } };
          },
        },
      },
      session: {
        create: {
          before: async (session, asked) => ({
            data: {
              ...(await openSession(env, session, asked?.path)),
              ...secondFactorKept(session, asked?.path),
              ipAddress: current().address,
            },
          }),
        },
        delete: {
          after: async (session) => {
            current().ended.push(session);
          },
        },
      },
    },
    advanced: {
      cookiePrefix: sessionCookieName,
      cookies: { session_token: { name: sessionCookieName } },
      defaultCookieAttributes: cookieAttributes,
      useSecureCookies: false,
      database: { generateId: ({ model }) => newId(prefixes[model] ?? "ver") },
      backgroundTasks: {
        handler: (work) =>
          current().waitUntil(
            work.catch((error: unknown) => {
              log("error", "mail.failed", { error: describeError(error) });
            }),
          ),
      },
    },
  });
}

/** A passkey counts as two factors, so its holder must have shown to be the one: by finger, face or PIN. */
function verified(info: { userVerified: boolean } | undefined): undefined {
  if (info?.userVerified !== true)
    throw new APIError("UNAUTHORIZED", { code: "USER_NOT_VERIFIED", message: "not verified" });
  return undefined;
}

function openIdConfig({ id, name, issuer, clientId, clientSecret }: OpenIdProvider) {
  return {
    providerId: id,
    name,
    clientId,
    ...(clientSecret === undefined ? {} : { clientSecret }),
    discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    pkce: true,
    scopes: ["openid", "email", "profile"],
    // Some providers say it as a text, and "false" would count as said.
    mapProfileToUser: (profile: object) => {
      const said = "email_verified" in profile ? profile.email_verified : false;
      return { emailVerified: said === true || said === "true" };
    },
  };
}
