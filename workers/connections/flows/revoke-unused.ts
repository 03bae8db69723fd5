import { and, eq } from "drizzle-orm";
import { clientOf, revokeToken, type AuthState, type SignIn } from "../../credentials";
import type { Context } from "../../platform/context";
import { describeError, log } from "../../platform/log";
import { registryOf } from "../../platform/registry";
import { connections, type ConnectFlowRow } from "../tables";
import type { Tokens } from "./sealed";
import type { FlowMethod } from "./way";

type Given = Tokens & { params: Record<string, string> };
type From = {
  ctx: Pick<Context, "env" | "teamId">;
  flow: ConnectFlowRow;
  method: FlowMethod;
  state: AuthState | null;
};

/**
 * Gives tokens back that no connection holds; the vendor may be past hearing. Not where the team has another connection
 * of the connector: many vendors take a token's end for the end of all that this app has from the account.
 */
export async function revokeUnused(
  { ctx, flow, method, state }: From,
  { record, params, scopes }: Given,
): Promise<void> {
  const { env, teamId } = ctx;
  const { connector } = flow.draft;
  try {
    const other = await registryOf(env)
      .select({ id: connections.id })
      .from(connections)
      .where(and(eq(connections.teamId, teamId), eq(connections.connector, connector)))
      .limit(1)
      .get();
    if (other) return;
    const signIn: SignIn = { connector, method, params, scopes: scopes ?? [], state };
    await revokeToken(env, signIn, { record, client: await clientOf(ctx, signIn) });
  } catch (error) {
    log("warn", "connect_flow.not_revoked", { teamId, flow: flow.id, error: describeError(error) });
  }
}
