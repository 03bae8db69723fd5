import type { Context as HonoContext } from "hono";
import { keepsMail, readOutbox } from "../../mail";
import { HubError } from "../../platform/errors";
import { createRouter, isLoopback, type HttpEnv } from "../../platform/http";
import { askingOf } from "../authenticate";
import { changeEmail } from "./change-email";
import { changePassword } from "./change-password";
import * as endpoints from "./endpoints";
import { readMethods } from "./methods";
import * as passkeys from "./passkeys";
import { requestPasswordReset, resetPassword } from "./password-reset";
import { authenticatePerson } from "./person";
import * as factor from "./second-factor";
import type { Passed } from "./signed-in";
import { signInWithEmail } from "./sign-in-with-email";
import { beginWithProvider, endWithProvider } from "./sign-in-with-provider";
import { signUpWithEmail } from "./sign-up-with-email";
import { publicKeys } from "./tokens/keys";
import { sendVerificationEmail, verifyEmail } from "./verify-email";

type Asked = HonoContext<HttpEnv>;

/** Answers are nobody's to keep: they hold secrets, or tell who is signed in. */
function passed<Body extends object>(c: Asked, { body, cookies }: Passed<Body>): Body {
  for (const cookie of cookies) c.header("set-cookie", cookie, { append: true });
  c.header("cache-control", "no-store");
  return body;
}

export const createLibraryRoutes = () =>
  createRouter()
    .openapi(endpoints.methods, async (c) => c.json(await readMethods(c.env), 200))
    .openapi(endpoints.outbox, async (c) => {
      if (!keepsMail(c.env) || !isLoopback(new URL(c.req.url).host))
        throw new HubError("not_found", "This hub sends its mail; it keeps none to read here.");
      return c.json(passed(c, { body: await readOutbox(c.env), cookies: [] }), 200);
    })
    .openapi(endpoints.signUp, async (c) =>
      c.json(passed(c, await signUpWithEmail(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.signInEmail, async (c) =>
      c.json(passed(c, await signInWithEmail(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.signInSocial, async (c) => {
      const { provider, ...back } = c.req.valid("json");
      return c.json(passed(c, await beginWithProvider(askingOf(c), provider, back)), 200);
    })
    .openapi(endpoints.signInOpenId, async (c) => {
      const { providerId, ...back } = c.req.valid("json");
      return c.json(passed(c, await beginWithProvider(askingOf(c), providerId, back)), 200);
    })
    .openapi(endpoints.callback, async (c) => {
      const { location, cookies } = await endWithProvider(
        askingOf(c),
        c.req.valid("param").provider,
      );
      passed(c, { body: {}, cookies });
      return c.redirect(location, 302);
    })
    .openapi(endpoints.requestReset, async (c) =>
      c.json(passed(c, await requestPasswordReset(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.reset, async (c) =>
      c.json(passed(c, await resetPassword(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.sendVerification, async (c) =>
      c.json(passed(c, await sendVerificationEmail(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.verify, async (c) =>
      c.json(passed(c, await verifyEmail(askingOf(c), c.req.valid("query").token)), 200),
    )
    .openapi(endpoints.changePassword, async (c) =>
      c.json(passed(c, await changePassword(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.changeEmail, async (c) => {
      const person = await authenticatePerson(askingOf(c));
      const { newEmail: email, password } = c.req.valid("json");
      await changeEmail(person, { email, password });
      return c.json({ status: true as const }, 200);
    })
    .openapi(endpoints.enableFactor, async (c) =>
      c.json(passed(c, await factor.beginSecondFactor(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.disableFactor, async (c) =>
      c.json(passed(c, await factor.disableSecondFactor(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.verifyTotp, async (c) =>
      c.json(passed(c, await factor.verifyTotp(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.verifyBackupCode, async (c) =>
      c.json(passed(c, await factor.verifyBackupCode(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.backupCodes, async (c) =>
      c.json(passed(c, await factor.renewBackupCodes(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.totpUri, async (c) =>
      c.json(passed(c, await factor.readTotpUri(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.passkeyOptions, async (c) =>
      c.json(passed(c, await passkeys.beginPasskey(askingOf(c))), 200),
    )
    .openapi(endpoints.addPasskey, async (c) =>
      c.json(passed(c, await passkeys.addPasskey(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.passkeySignInOptions, async (c) =>
      c.json(passed(c, await passkeys.beginPasskeySignIn(askingOf(c))), 200),
    )
    .openapi(endpoints.signInPasskey, async (c) =>
      c.json(passed(c, await passkeys.signInWithPasskey(askingOf(c), c.req.valid("json"))), 200),
    )
    .openapi(endpoints.listPasskeys, async (c) =>
      c.json(await passkeys.listPasskeys(askingOf(c)), 200),
    )
    .openapi(endpoints.deletePasskey, async (c) =>
      c.json(await passkeys.removePasskey(askingOf(c), c.req.valid("json").id), 200),
    )
    .openapi(endpoints.renamePasskey, async (c) =>
      c.json(await passkeys.renamePasskey(askingOf(c), c.req.valid("json")), 200),
    )
    .openapi(endpoints.jwks, async (c) => {
      c.header("cache-control", "public, max-age=300");
      return c.json({ keys: await publicKeys(c.env) }, 200);
    });
