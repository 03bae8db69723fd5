import { eq } from "drizzle-orm";
import type * as z from "zod";
import type { SignedInPerson, SignInWithEmail } from "../../../shared/contracts/auth";
import { addressOf } from "../../platform/address";
import { HubError } from "../../platform/errors";
import { log } from "../../platform/log";
import { registryOf } from "../../platform/registry";
import type { Asking } from "../authenticate";
import { people } from "../tables";
import { noteEvent } from "./events";
import { askLibrary } from "./library/ask";
import { attempt, bySignIn } from "./lock-out";
import { signedIn, type Passed } from "./signed-in";

/**
 * Signs in with email and password. Whether somebody has the address is not told: neither by the words nor by when
 * there were too many tries. Throws `unauthorized`, `forbidden` for an address that is not confirmed, `locked_out`.
 */
export async function signInWithEmail(
  asking: Asking,
  input: z.infer<typeof SignInWithEmail>,
): Promise<Passed<SignedInPerson>> {
  const { env, request } = asking;
  const counted = await bySignIn(input.email, addressOf(env, request));
  try {
    const answer = await attempt(env, counted, () =>
      askLibrary(asking, { method: "POST", path: "/sign-in/email", body: input }),
    );
    return await signedIn(asking, answer, "password");
  } catch (error) {
    // Not waited for: how long it takes would tell whether somebody has the address.
    if (error instanceof HubError) asking.waitUntil(noteFailure(asking, input.email, error.code));
    throw error;
  }
}

async function noteFailure(asking: Asking, email: string, why: string): Promise<void> {
  const person = await registryOf(asking.env)
    .select({ id: people.id })
    .from(people)
    .where(eq(people.email, email))
    .get();
  if (person)
    await noteEvent(
      asking,
      { personId: person.id },
      { action: "session.create.failed", subjectId: person.id, details: { by: "password", why } },
    );
  else
    log("warn", "session.create.failed", {
      requestId: asking.requestId,
      address: addressOf(asking.env, asking.request),
      why,
    });
}
