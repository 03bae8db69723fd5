import { and, eq, isNotNull } from "drizzle-orm";
import { HubError } from "../../platform/errors";
import { registryOf } from "../../platform/registry";
import { isOpen } from "../members/invitations";
import { domainOf } from "../sso/provider";
import { invitations, ssoProviders } from "../tables";

/** Whether an account may be made for this address: by anybody, or by invitation or a captured domain. */
export async function mayMakeAccount(env: Env, email: string): Promise<boolean> {
  if (env.PLUGBOARD_SIGN_UP === "open") return true;
  const db = registryOf(env);
  const address = email.toLowerCase();
  const [invited, captured] = await db.batch([
    db
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(eq(invitations.email, address), isOpen(Date.now())))
      .limit(1),
    db
      .select({ id: ssoProviders.id })
      .from(ssoProviders)
      .where(
        and(eq(ssoProviders.domain, domainOf(address)), isNotNull(ssoProviders.domainVerifiedAt)),
      )
      .limit(1),
  ]);
  return invited.length > 0 || captured.length > 0;
}

/** Asked before it is looked whether the address is known: the answer is the same for those that are. */
export async function requireInvitation(env: Env, email: string): Promise<void> {
  if (await mayMakeAccount(env, email)) return;
  throw new HubError(
    "forbidden",
    "Accounts of this hub are made by invitation. Ask an owner or admin of a team to invite this address.",
  );
}
