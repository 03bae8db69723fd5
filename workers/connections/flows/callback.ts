import { eq } from "drizzle-orm";
import type { FlowErrorCode } from "../../../shared/contracts/connect-flows";
import type { Author } from "../../audit";
import { addressOf } from "../../platform/address";
import { sha256Hex } from "../../platform/encoding";
import { registryOf } from "../../platform/registry";
import { actAs, type Asking } from "../../teams";
import { connectFlows, type ConnectFlowRow } from "../tables";
import { browserSecretOf } from "./browser";
import { carryOut, failFlow } from "./carry-out";
import { conclude, requireTarget, type Claimed, type Tools } from "./finish";
import { claimFlow } from "./row";
import { openFlow } from "./sealed";
import { tokensFrom } from "./vendor";
import { wayTo } from "./way";

const longestState = 1000;
const donePage = "/connect/done";

/**
 * Takes a browser back from a vendor and makes the connection; answers with the page to show. The state is good once,
 * and only in the browser that went away with it. No part of what the vendor sent is in the answer.
 */
export async function takeCallback(asking: Asking, tools: Tools): Promise<string> {
  const { env, request, now } = asking;
  const query = new URL(request.url).searchParams;
  const [state, ...more] = query.getAll("state");
  if (state === undefined || state === "" || more.length > 0 || state.length > longestState)
    return without("callback_invalid");
  const flow = await flowOf(env, state);
  const secret = browserSecretOf(request);
  if (!flow || secret === undefined || (await sha256Hex(secret)) !== flow.browserHash)
    return without("state_mismatch");
  const claimed = await claimFlow({ db: registryOf(env), now }, flow, "waiting");
  if (claimed) {
    // A browser that turns away in the middle must not break it off.
    const work = finishCallback(asking, { flow: claimed, query, tools });
    asking.waitUntil(work);
    await work;
  } else if (flow.status === "done" || flow.status === "failed") {
    return without("state_mismatch");
  }
  return `${donePage}?flow=${flow.id}`;
}

const without = (code: FlowErrorCode) => `${donePage}?error=${code}`;

/** By its hash alone: who may see it is judged by the browser's secret. */
async function flowOf(env: Env, state: string): Promise<ConnectFlowRow | undefined> {
  return registryOf(env)
    .select()
    .from(connectFlows)
    .where(eq(connectFlows.stateHash, await sha256Hex(state)))
    .get();
}

async function finishCallback(
  asking: Asking,
  { flow, query, tools }: { flow: ConnectFlowRow; query: URLSearchParams; tools: Tools },
): Promise<void> {
  let claimed: Claimed;
  try {
    const ctx = await actAs(asking, flow);
    const { manifest, method } = wayTo(flow.draft.connector, flow.draft.method);
    claimed = { ctx, flow, secrets: await openFlow(ctx, flow), manifest, method, tools };
  } catch (error) {
    await failFlow(authorOf(asking, flow), flow, error);
    return;
  }
  await carryOut(claimed, async (keep) => {
    await requireTarget(claimed);
    const got = await tokensFrom(claimed, query);
    keep(got);
    await conclude(claimed, got);
  });
}

/** Who began it, where it cannot be found out whether they still may do anything. */
const authorOf = (asking: Asking, { teamId, actor }: ConnectFlowRow): Author => ({
  env: asking.env,
  db: registryOf(asking.env),
  teamId,
  actor,
  address: addressOf(asking.env, asking.request),
  userAgent: asking.request.headers.get("user-agent"),
  requestId: asking.requestId,
  now: asking.now,
});
