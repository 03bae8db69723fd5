// The vault's keys are rotated under traffic, with the hub killed in the middle: nothing is lost, no call fails, and
// nothing on disk names the old keys afterwards.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as sealing from "../workers/credentials/sealing.ts";
import type { VaultCheck, VaultState } from "../shared/contracts/secrets.ts";
import {
  ask,
  callTool,
  connect,
  startHubProcess,
  startProcess,
  toolsOf,
  waitUntil,
  type Figure,
  type HubProcess,
  type Tool,
} from "./hub-process.ts";

export type VaultSize = {
  records: number;
  connections: number;
  callsPerSecond: number;
  kills: number;
  nonces: number;
};

export const vaultSize = {
  full: { records: 10_000, connections: 20, callsPerSecond: 50, kills: 2, nonces: 1_000_000 },
  tenth: { records: 60, connections: 2, callsPerSecond: 20, kills: 2, nonces: 0 },
} satisfies Record<string, VaultSize>;

const cron = "*/5 * * * *";
const fiveMinutes = 5 * 60_000;
const mostSteps = 80;
const mostUnderway = 200;
/** What one run of the cron seals anew. */
const mostAtOnce = 500;

type Check = (holds: boolean, otherwise: string) => void;
const masters = ["old", "new"].map((id) => [id, randomBytes(32).toString("base64")] as const);
const [oldMaster, newMaster] = [masters.slice(0, 1), masters.slice(1)];
const withMasters = (named: typeof masters) => ({
  PLUGBOARD_MASTER_KEYS: JSON.stringify(Object.fromEntries(named)),
});

export async function runVault(size: VaultSize): Promise<Figure> {
  const broken: string[] = [];
  const check: Check = (holds, otherwise) => {
    if (!holds) broken.push(otherwise);
  };
  const fixture = await startProcess(
    "workers/testing/fixture/process.ts",
    ["--port", "0"],
    /http:\S+\/mcp/,
  );
  let hub = await startHubProcess({
    env: {
      PLUGBOARD_USER_PER_MINUTE: "0",
      PLUGBOARD_CONNECTION_PER_MINUTE: "0",
      ...withMasters(oldMaster),
    },
  });
  try {
    const tools = await connectAll(hub, fixture.line, size.connections);
    await makeSecrets(hub, size.records - tools.length);
    hub = await restarted(hub, withMasters(masters));
    const killed = await rotateKilled(hub, { tools, size, check });
    hub = killed.hub;
    if (size.records > mostAtOnce)
      check(killed.inTheMiddle === size.kills, "a kill came when all records were done");
    checkDisk(hub, ["d1", "old"], check);
    hub = await restarted(hub, withMasters(newMaster));
    const whole = await rotateWhole(hub, { tools, size, at: killed.at, check });
    checkDisk(hub, ["d1", "old", killed.keyId], check);
    await checkAll(hub, size.records, check);
    const nonces = await countNonces(size.nonces);
    check(nonces === size.nonces, `of ${size.nonces} nonces ${size.nonces - nonces} were not new`);
    const line = `vault: ${size.records} records sealed anew twice; killed ${size.kills} times, ${killed.inTheMiddle} of them with records of both keys: ${killed.calls} calls answered meanwhile, ${killed.failed} failed; without: ${whole.calls} calls, ${whole.failed} failed, the slowest ${Math.round(whole.slowestMs)} ms, ${(whole.tookMs / 1000).toFixed(0)} s; ${size.nonces} nonces`;
    return { line, broken: broken.slice(0, 20) };
  } finally {
    await hub.stop("SIGKILL");
    await fixture.stop();
    hub.clear();
  }
}

/** Stopped as by its owner, and started with other master keys. */
async function restarted(hub: HubProcess, env: Record<string, string>): Promise<HubProcess> {
  await hub.stop();
  await waitUntil(async () => !(await answers(hub)), 120_000);
  return hub.restart(env);
}

const answers = (hub: HubProcess): Promise<boolean> =>
  fetch(`${hub.url}/health/live`).then(
    () => true,
    () => false,
  );

async function connectAll(hub: HubProcess, url: string, count: number): Promise<Tool[]> {
  const tools: Tool[] = [];
  for (let i = 0; i < count; i++) {
    const headers = { authorization: `Bearer ${randomBytes(16).toString("hex")}` };
    const { body } = await connect(hub, `Vendor ${i}`, url, { headers });
    const tool = (await toolsOf(hub, body.id)).find(({ name }) => name === "whoami");
    if (!tool) throw new Error(`The server was not connected: ${JSON.stringify(body)}`);
    tools.push(tool);
  }
  return tools;
}

async function makeSecrets(hub: HubProcess, count: number): Promise<void> {
  let next = 0;
  const work = async () => {
    for (let i = next++; i < count; i = next++) {
      const body = { name: `SECRET_${i}`, value: randomBytes(12).toString("hex") };
      const { status } = await ask(hub, "/api/v1/secrets", { body });
      if (status !== 201) throw new Error(`Secret ${i} was answered with ${status}.`);
    }
  };
  // More would only wait for each other: each takes its place in the audit log.
  await Promise.all([work(), work()]);
}

/** The rotation that a newer master key asks for, with the hub killed while records are being sealed anew. */
async function rotateKilled(
  first: HubProcess,
  { tools, size, check }: { tools: readonly Tool[]; size: VaultSize; check: Check },
) {
  let hub = first;
  const traffic = startCalls(() => hub, { tools, perSecond: size.callsPerSecond });
  let at = Date.now();
  let kills = 0;
  let inTheMiddle = 0;
  for (let step = 0; ; step++) {
    const state = await vaultOf(hub);
    if (state.masterKeyId === "new" && state.rotation.finishedAt !== null) break;
    if (step === mostSteps) {
      check(false, `after ${step} runs of the cron: ${JSON.stringify(state.rotation)}`);
      break;
    }
    at += fiveMinutes;
    // The first run adds the new key, and the second is the first that seals anew.
    if (step >= 1 && kills < size.kills) {
      const fired = hub.fire(cron, at);
      const before = state.rotation.done;
      // Where there is nothing left to seal none comes, and the kill is as good now.
      await waitUntil(async () => (await vaultOf(hub)).rotation.done > before, 20_000);
      await hub.stop("SIGKILL");
      await fired;
      hub = await hub.restart();
      kills++;
      const { state: left, done, total } = (await vaultOf(hub)).rotation;
      check(left === "running", `kill ${kills} came after the end`);
      if (done < total) inTheMiddle++;
    } else await hub.fire(cron, at);
  }
  const calls = await traffic.stop();
  for (const fault of calls.faults) check(false, `a call while the hub was up: ${fault}`);
  await checkAll(hub, size.records, check);
  const { dataKeyId: keyId } = await vaultOf(hub);
  const { answered, faults } = calls;
  return { hub, at, keyId, inTheMiddle, calls: answered, failed: faults.length };
}

/** A rotation that somebody asked for, in one go: no call fails. */
async function rotateWhole(
  hub: HubProcess,
  asked: { tools: readonly Tool[]; size: VaultSize; at: number; check: Check },
) {
  const { tools, size, check } = asked;
  const before = await vaultOf(hub);
  const began = performance.now();
  const traffic = startCalls(() => hub, { tools, perSecond: size.callsPerSecond });
  await ask(hub, "/api/v1/vault/rotate", { body: {} });
  let at = asked.at;
  for (let step = 0; (await vaultOf(hub)).rotation.state === "running"; step++) {
    if (step === mostSteps) check(false, `a rotation is not done after ${step} runs of the cron`);
    if (step === mostSteps) break;
    at += fiveMinutes;
    await hub.fire(cron, at);
  }
  const calls = await traffic.stop();
  for (const fault of [...calls.faults, ...calls.unanswered]) check(false, `a call: ${fault}`);
  check((await vaultOf(hub)).dataKeyId !== before.dataKeyId, "the data key is the old one");
  return {
    calls: calls.answered,
    failed: calls.faults.length + calls.unanswered.length,
    slowestMs: calls.slowestMs,
    tookMs: performance.now() - began,
  };
}

const vaultOf = async (hub: HubProcess): Promise<VaultState> =>
  (await ask(hub, "/api/v1/vault")).body;

/** Calls at a steady rate, whether those before have been answered or not. */
function startCalls(
  hub: () => HubProcess,
  { tools, perSecond }: { tools: readonly Tool[]; perSecond: number },
) {
  const faults: string[] = [];
  const unanswered: string[] = [];
  const underway = new Set<Promise<void>>();
  let answered = 0;
  let slowestMs = 0;
  let sent = 0;
  const call = async (tool: Tool) => {
    const began = performance.now();
    const answer = await callTool(hub(), "rest", { tool }).catch((error: unknown) => {
      unanswered.push(String(error));
      return undefined;
    });
    if (!answer) return;
    answered++;
    slowestMs = Math.max(slowestMs, performance.now() - began);
    if (answer.outcome !== "succeeded") faults.push(`${answer.outcome} ${answer.text}`);
    else if (!answer.text.includes("Bearer [secret]")) faults.push("came without its credential");
  };
  const timer = setInterval(() => {
    const tool = tools[sent++ % tools.length];
    if (!tool) return;
    // A hub that does not keep up is told of, not buried.
    if (underway.size >= mostUnderway) {
      unanswered.push(`${mostUnderway} calls wait: the hub does not keep up`);
      return;
    }
    const work = call(tool).finally(() => underway.delete(work));
    underway.add(work);
  }, 1000 / perSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(underway);
      return { answered, faults, unanswered, slowestMs };
    },
  };
}

/** Every record is there and opens. */
async function checkAll(hub: HubProcess, records: number, check: Check): Promise<void> {
  let checked = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { body } = await ask(hub, "/api/v1/vault/verify", { body: cursor ? { cursor } : {} });
    const page = body as VaultCheck;
    for (const fault of page.faults) check(false, `a record: ${JSON.stringify(fault)}`);
    checked += page.checked;
    cursor = page.cursor;
  }
  check(checked === records, `${checked} records of ${records} are there`);
}

/** No file of the token store begins as a record does that is sealed with one of these keys. */
function checkDisk(hub: HubProcess, keyIds: readonly string[], check: Check): void {
  const blobs = readdirSync(hub.data, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /[/\\]kv[/\\].*blobs/.test(join(entry.parentPath, entry.name)),
  );
  let records = 0;
  for (const { parentPath, name } of blobs) {
    const text = readFileSync(join(parentPath, name), "utf8");
    const [kind, keyId] = text.split(".", 2);
    if (kind !== "pb1") continue;
    records++;
    check(!keyIds.includes(keyId ?? ""), `a record on disk names the key ${keyId}`);
  }
  check(records > 0, "there is no record on disk");
}

/** How many different nonces that many seals have. */
async function countNonces(count: number): Promise<number> {
  const { runnerImport } = await import("vite");
  const { module } = await runnerImport<typeof sealing>("./workers/credentials/sealing.ts");
  const key = { id: "d1", key: await module.importKey(new Uint8Array(randomBytes(32))) };
  const place = { teamId: "team_1", credentialId: "crd_1", version: 1 };
  const nonces = new Set<string>();
  for (let sealed = 0; sealed < count; sealed++)
    nonces.add((await module.seal(key, place, new Uint8Array(8))).split(".")[3] ?? "");
  return nonces.size;
}
