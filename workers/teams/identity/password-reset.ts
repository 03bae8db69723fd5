import type * as z from "zod";
import type { AuthDone, RequestPasswordReset, ResetPassword } from "../../../shared/contracts/auth";
import { eq } from "drizzle-orm";
import { requireMail } from "../../mail";
import { addressOf } from "../../platform/address";
import { toBase64Url, utf8 } from "../../platform/encoding";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { verifications } from "../tables";
import { noteEvent } from "./events";
import { askLibrary } from "./library/ask";
import { attempt, byAddress, byMail, hasRoom, mailNetworkRule, requireRoom } from "./lock-out";
import type { Passed } from "./signed-in";

const done = { body: { status: true }, cookies: [] } satisfies Passed<AuthDone>;

/** Sends a link for a new password, if somebody has the address. The answer is the same where nobody has. */
export async function requestPasswordReset(
  asking: Asking,
  { email }: z.infer<typeof RequestPasswordReset>,
): Promise<Passed<AuthDone>> {
  if (await mayMail(asking, "reset", email))
    await askLibrary(asking, { method: "POST", path: "/request-password-reset", body: { email } });
  return done;
}

/** Whether one more mail may go to this address. Beyond the limit the caller is told nothing else. */
export async function mayMail(asking: Asking, what: string, email: string): Promise<boolean> {
  const { env, request } = asking;
  requireMail(env);
  const address = addressOf(env, request);
  await requireRoom(env, byAddress(address, "mail", mailNetworkRule));
  return hasRoom(env, await byMail(what, email, address));
}

/** As the library keeps a link of its own: by its hash. */
const storedName = async (token: string): Promise<string> =>
  toBase64Url(await crypto.subtle.digest("SHA-256", utf8(`reset-password:${token}`)));

/** Spends the link; of several that spend it at once, one sets the password. Every session of the person ends. */
export async function resetPassword(
  asking: Asking,
  input: z.infer<typeof ResetPassword>,
): Promise<Passed<AuthDone>> {
  const { env, request } = asking;
  const whose = await registryOf(env)
    .select({ personId: verifications.value })
    .from(verifications)
    .where(eq(verifications.identifier, await storedName(input.token)))
    .get();
  await attempt(env, byAddress(addressOf(env, request)), () =>
    askLibrary(asking, { method: "POST", path: "/reset-password", body: input }),
  );
  if (whose)
    await noteEvent(
      asking,
      { personId: whose.personId },
      { action: "password.reset", subjectId: whose.personId },
    );
  return done;
}
