import type { AuthMethods } from "../../../shared/contracts/auth";
import { keepsMail } from "../../mail";
import { registryOf } from "../../platform/registry";
import { teams } from "../tables";
import { providersOf } from "./providers";

/** How one can sign in to this hub. */
export async function readMethods(env: Env): Promise<AuthMethods> {
  const team = await registryOf(env).select({ id: teams.id }).from(teams).limit(1).get();
  return {
    password: true,
    signUp: env.PLUGBOARD_SIGN_UP === "open" ? "open" : "invited",
    passkeys: true,
    providers: providersOf(env),
    outbox: keepsMail(env),
    setUp: team !== undefined,
  };
}
