import type * as z from "zod";
import type { SignedUp, SignUpWithEmail } from "../../../shared/contracts/auth";
import { requireMail } from "../../mail";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import type { Asking } from "../authenticate";
import { toAuthPerson } from "./auth-person";
import { askLibrary } from "./library/ask";
import { byAddress, requireRoom, signUpRule } from "./lock-out";
import { requireInvitation } from "./sign-up";
import type { Passed } from "./signed-in";

/**
 * Makes an account that can be used once its address is confirmed. For an address that has one already the answer is
 * the same, and its owner is told by mail. Throws `forbidden` where accounts are made by invitation, `locked_out`.
 */
export async function signUpWithEmail(
  asking: Asking,
  input: z.infer<typeof SignUpWithEmail>,
): Promise<Passed<z.infer<typeof SignedUp>>> {
  const { env, request } = asking;
  requireMail(env);
  await requireRoom(env, byAddress(addressOf(env, request), "sign-up", signUpRule));
  await requireInvitation(env, input.email);
  const ask = () => askLibrary(asking, { method: "POST", path: "/sign-up/email", body: input });
  // Of two with one address at once the table refuses the second; asked again, the library knows the address.
  const { body } = await ask().catch((error: unknown) => {
    if (error instanceof HubError && error.code === "conflict") return ask();
    throw error;
  });
  if (!body.user) throw new Error("The identity library made no account.");
  return { body: { user: toAuthPerson(body.user) }, cookies: [] };
}
