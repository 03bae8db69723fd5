import { and, eq, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { Manifest } from "../../../shared/catalogue/manifest";
import type { ConnectFlow } from "../../../shared/contracts/connect-flows";
import { discoverParams, presentCredential, resolveSecrets, type SignIn } from "../../credentials";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { establish, type Established } from "../establish";
import { requireManage } from "../owner";
import { readConnection } from "../rows";
import type { Snapshot } from "../sync";
import { connectFlows, connections, type ConnectFlowRow } from "../tables";
import { flowMs } from "./browser";
import { FlowFailure } from "./faults";
import { requireMay } from "./may";
import { sameFlow } from "./row";
import { lacksRequired, scopesMissing } from "./scopes";
import { sealFlow, type FlowSecrets } from "./sealed";
import type { Got } from "./vendor";
import type { FlowMethod } from "./way";

/** What a connection offers is not this feature's: the floor above hands it in. */
export type Tools = { snapshot: Snapshot };

/** A sign-in that one request took to finish it. */
export type Claimed = {
  ctx: Context;
  flow: ConnectFlowRow;
  secrets: FlowSecrets;
  manifest: Manifest;
  method: FlowMethod;
  tools: Tools;
};

/**
 * From tokens to the connection: asks the vendor what is still to be known, tries the tokens, and stores everything in
 * one batch with the end of the flow. Where several accounts are to choose from the flow waits once more. Throws
 * `FlowFailure` and what `establish` throws; nothing is stored then.
 */
export async function conclude(claimed: Claimed, got: Got): Promise<void> {
  const { ctx, flow, manifest, method, tools } = claimed;
  const { draft } = flow;
  const missing = scopesMissing({ method, params: got.params }, draft.scopes, got.scopes);
  if (lacksRequired(method, missing)) throw new FlowFailure("scope_refused");
  const signIn: SignIn = {
    connector: manifest.id,
    method,
    params: got.params,
    scopes: got.scopes ?? draft.scopes,
    state: got.state,
  };
  const found = await discover(claimed, signIn, got);
  if ("choices" in found) return ask(claimed, got, found.choices);
  const { target, account } = await targetOf(claimed);
  await establish(
    ctx,
    {
      manifest,
      method,
      target,
      config: draft.config,
      params: { ...got.params, ...found.params },
      record: got.record,
      scopes: {
        granted: got.scopes ?? draft.scopes.filter((scope) => !missing.includes(scope)),
        missing,
      },
      state: got.state,
      expiresAt: got.expiresAt,
      consented: true,
      allowUnreachable: false,
      judge: (found) => {
        if (account !== null && found !== null && found !== account)
          throw new FlowFailure("wrong_account");
      },
      beside: (connectionId) => [doneStatement(ctx, flow, connectionId)],
    },
    tools.snapshot,
  );
}

/** Which account the tokens are for, where the vendor says so only once it is asked. */
async function discover({ ctx, manifest }: Claimed, signIn: SignIn, { record, params }: Got) {
  const presented = await presentCredential(signIn, await resolveSecrets(ctx, record));
  try {
    return await discoverParams(ctx.env, manifest, { params, presented });
  } catch (error) {
    const unsaid = ["upstream_error", "upstream_invalid", "upstream_unauthorized"];
    if (!(error instanceof HubError) || !unsaid.includes(error.code)) throw error;
    throw new FlowFailure("discovery_failed", error.message);
  }
}

/** Whoever began it must still be allowed what comes of it. Throws before anything is asked of the vendor. */
export async function requireTarget(claimed: Claimed): Promise<void> {
  await targetOf(claimed);
}

async function targetOf({ ctx, flow: { draft } }: Claimed): Promise<{
  target: Established["target"];
  account: string | null;
}> {
  const { reconnects, name, owner } = draft;
  if (reconnects !== null) {
    const existing = await readConnection(ctx, reconnects);
    requireManage(ctx, existing);
    return { target: { existing }, account: existing.account };
  }
  requireMay(ctx, owner);
  if (name === null) throw new HubError("internal", "The sign-in names no connection.");
  return { target: { name, owner, rotateEveryDays: null }, account: null };
}

/** In the batch that stores the connection, so that neither is there without the other. */
function doneStatement(
  { db }: Context,
  flow: ConnectFlowRow,
  connectionId: string,
): BatchItem<"sqlite"> {
  return db
    .update(connectFlows)
    .set({ status: "done", connectionId, sealed: "" })
    .where(
      and(
        sameFlow(flow),
        eq(connectFlows.status, "working"),
        sql`EXISTS (SELECT 1 FROM ${connections} AS made WHERE made.id = ${connectionId} AND made.team_id = ${flow.teamId})`,
      ),
    );
}

/** The tokens wait, sealed, for the person to choose. */
async function ask(
  { ctx, flow, secrets }: Claimed,
  { params, state, record, expiresAt, scopes }: Got,
  choices: NonNullable<ConnectFlow["choices"]>,
): Promise<void> {
  const { redirectUri } = secrets;
  const kept: FlowSecrets = {
    redirectUri,
    fields: {},
    state,
    obtained: { record, expiresAt, scopes },
  };
  const [asked] = await ctx.db
    .update(connectFlows)
    .set({
      status: "choosing",
      choices,
      draft: { ...flow.draft, params },
      sealed: await sealFlow(ctx, flow.id, kept),
      expiresAt: ctx.now + flowMs,
    })
    .where(and(sameFlow(flow), eq(connectFlows.status, "working")))
    .returning({ id: connectFlows.id });
  if (!asked) throw new FlowFailure("cancelled");
}
