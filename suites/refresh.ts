// Tokens that end every few seconds, a hundred calls at once, and a hub that is killed while it renews them: each token
// is renewed once, no call is lost for it, and nobody is asked to sign in again who need not be.
import { signIn } from "../scripts/drive-client/connect.ts";
import {
  ask,
  callTool,
  startHubProcess,
  toolsOf,
  waitUntil,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";
import { startProvider, type Provider } from "./refresh/provider.ts";

export type RefreshSize = { kills: number; storms: number; calls: number };

export const refreshSize = {
  full: { kills: 25, storms: 10, calls: 100 },
  tenth: { kills: 1, storms: 1, calls: 100 },
} satisfies Record<string, RefreshSize>;

const lifeSeconds = 4;
/** From when on the hub renews it. */
const dueMs = lifeSeconds * 750;
const slowMs = 250;
const backWithinMs = 30_000;

type Check = (holds: boolean, otherwise: string) => void;
type Kept = { name: string; id: string; tool: Tool; provider: Provider };

export async function runRefresh({ kills, storms, calls }: RefreshSize): Promise<Figure> {
  const broken: string[] = [];
  const check: Check = (holds, otherwise) => {
    if (!holds) broken.push(otherwise);
  };
  const rolling = await startProvider("rolling", { lifeSeconds, slowMs });
  const strict = await startProvider("strict", { lifeSeconds, slowMs });
  let hub = await startHubProcess({
    env: { PLUGBOARD_USER_PER_MINUTE: "0", PLUGBOARD_CONNECTION_PER_MINUTE: "0" },
  });
  try {
    const forgiving = await connect(hub, "forgiving", rolling);
    const unforgiving = await connect(hub, "unforgiving", strict);
    const both = [forgiving, unforgiving];
    for (let storm = 0; storm < storms; storm++) {
      await new Promise((wake) => setTimeout(wake, dueMs));
      for (const one of both) await stormOn(hub, one, { calls, check });
    }
    let signIns = 0;
    let lost = 0;
    for (let kill = 0; kill < kills; kill++) {
      const before = strict.counts().refused;
      hub = await killWhileRenewing(hub, both);
      lost += await comesBack(hub, forgiving, check);
      const status = await restingStatus(hub, unforgiving);
      const refused = strict.counts().refused - before;
      if (status === "connected") continue;
      signIns += 1;
      check(refused > 0, `kill ${kill + 1}: a sign-in was asked for that nobody need do`);
      await signInAgain(hub, unforgiving, check);
    }
    check(rolling.counts().refused === 0, "the forgiving vendor refused a renewal");
    const renewed = rolling.counts().asked + strict.counts().asked;
    const line = `refresh: ${storms * both.length} storms of ${calls} calls with an ended token, one renewal each; ${kills} kills while renewing: ${signIns} sign-ins needed of ${kills} where a lost answer ends the grant, ${lost} calls refused elsewhere; ${renewed} renewals in all`;
    return { line, broken };
  } finally {
    await hub.stop("SIGKILL");
    rolling.close();
    strict.close();
    hub.clear();
  }
}

async function connect(hub: HubProcess, name: string, provider: Provider): Promise<Kept> {
  const { id } = await signIn(asker(hub), {
    connector: "mcp",
    name,
    config: { url: `${provider.url}/mcp` },
  });
  const [tool] = await toolsOf(hub, id);
  if (!tool) throw new Error(`The connection ${name} has no tool.`);
  return { name, id, tool, provider };
}

const asker = (hub: HubProcess) => ({
  url: hub.url,
  ask: (path: string, init: { body?: unknown; headers?: Record<string, string> } = {}) =>
    ask(hub, path, init),
});

/** The token is over and everybody calls. */
async function stormOn(
  hub: HubProcess,
  { name, tool, provider }: Kept,
  { calls, check }: { calls: number; check: Check },
): Promise<void> {
  const before = provider.counts().asked;
  provider.expireAll();
  const answers = await Promise.all(
    Array.from({ length: calls }, () => callTool(hub, "rest", { tool })),
  );
  const failed = answers.filter(({ outcome }) => outcome !== "succeeded");
  const said = failed[0]?.text ?? "";
  check(failed.length === 0, `${name}: ${failed.length} calls with an ended token failed: ${said}`);
  const renewals = provider.counts().asked - before;
  check(renewals === 1, `${name}: one ended token was renewed ${renewals} times`);
}

/** Has both renewed, and kills the hub at any point of it. */
async function killWhileRenewing(hub: HubProcess, both: readonly Kept[]): Promise<HubProcess> {
  const asked = both.map(({ id }) =>
    ask(hub, `/api/v1/connections/${id}/refresh`, { method: "POST" }).catch(() => undefined),
  );
  await new Promise((wake) => setTimeout(wake, Math.random() * (slowMs + 150)));
  await hub.stop("SIGKILL");
  await Promise.all(asked);
  return hub.restart();
}

/** Until a call goes through. Answers with how many were refused for a token before. */
async function comesBack(hub: HubProcess, { name, tool }: Kept, check: Check): Promise<number> {
  let refused = 0;
  let said = "";
  const back = await waitUntil(async () => {
    const { outcome, text } = await callTool(hub, "rest", { tool });
    if (outcome !== "succeeded") [refused, said] = [refused + 1, text];
    return outcome === "succeeded";
  }, backWithinMs);
  check(back, `${name}: no call goes through after a kill: ${said}`);
  return refused;
}

/** What a connection is once calls have found out. */
async function restingStatus(hub: HubProcess, { id, tool }: Kept): Promise<string> {
  let status = "";
  await waitUntil(async () => {
    const { outcome } = await callTool(hub, "rest", { tool });
    status = (await ask(hub, `/api/v1/connections/${id}`)).body.status;
    return outcome === "succeeded" || status === "needs_reauth";
  }, backWithinMs);
  return status;
}

/** It was said where somebody hears it, and a sign-in in place mends it. */
async function signInAgain(hub: HubProcess, kept: Kept, check: Check): Promise<void> {
  const { name, id, tool } = kept;
  const open = async () =>
    (await ask(hub, "/api/v1/notices?open=true")).body.items.filter(
      (notice: { subjectId: string }) => notice.subjectId === id,
    );
  check((await open()).length === 1, `${name}: ${(await open()).length} notices, not one`);
  await signIn(asker(hub), { connector: "mcp", connectionId: id });
  check((await open()).length === 0, `${name}: a notice is open that was mended`);
  const { outcome, text } = await callTool(hub, "rest", { tool });
  check(outcome === "succeeded", `${name}: no call goes through after a sign-in: ${text}`);
}
