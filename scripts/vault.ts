// `npm run vault`: the state of a team's vault, a check of every sealed record, and the rotation of its keys.
import { parseArgs } from "node:util";
import type { VaultCheck, VaultState } from "../shared/contracts/secrets.ts";

const usage = `npm run vault -- status         which keys the team's records are sealed with
npm run vault -- verify         opens every sealed record, and names what does not open
npm run vault -- rotate         gives the team a new data key
npm run vault -- rotate --wait  the same, and waits until the old one is dropped

They ask the hub at HUB_URL (http://localhost:8787 unless told) with the API key HUB_KEY.`;

type Hub = { url: string; key: string };

const lookEveryMs = 5000;

/** Exit codes: 0 for sound, 1 for faults that were found, 2 for what could not be done. */
async function main(args: string[]): Promise<0 | 1> {
  const { verb, wait } = asked(args);
  const hub = hubNamed();
  switch (verb) {
    case "status":
      return told(await ask<VaultState>(hub, "GET", ""));
    case "verify":
      return verify(hub);
    case "rotate": {
      told(await ask<VaultState>(hub, "POST", "/rotate", {}));
      return wait ? told(await whenDone(hub)) : 0;
    }
    default:
      throw new Error(usage);
  }
}

async function whenDone(hub: Hub): Promise<VaultState> {
  for (;;) {
    const state = await ask<VaultState>(hub, "GET", "");
    if (state.rotation.state !== "running") return state;
    await new Promise((wake) => setTimeout(wake, lookEveryMs));
  }
}

function asked(args: string[]): { verb: string; wait: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { wait: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    return { verb: positionals.join(" "), wait: values.wait };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
}

function hubNamed(): Hub {
  const { HUB_URL: url = "http://localhost:8787", HUB_KEY: key = "" } = process.env;
  if (key === "") throw new Error(`HUB_KEY is not set.\n${usage}`);
  return { url: url.replace(/\/$/, ""), key };
}

async function ask<Answer>(hub: Hub, method: string, path: string, body?: object): Promise<Answer> {
  const response = await fetch(`${hub.url}/api/v1/vault${path}`, {
    method,
    headers: {
      authorization: `Bearer ${hub.key}`,
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok)
    throw new Error(
      `The hub answered ${response.status}: ${(await response.text()).slice(0, 500)}`,
    );
  return (await response.json()) as Answer;
}

function told({ masterKeyId, newestMasterKeyId, dataKeyId, records, rotation }: VaultState): 0 | 1 {
  console.log(`${records} sealed records, new ones under data key ${dataKeyId}.`);
  const newer = masterKeyId === newestMasterKeyId ? "" : `; ${newestMasterKeyId} is newer`;
  console.log(`The team's data keys are wrapped with master key ${masterKeyId}${newer}.`);
  const { state, done, total, startedAt, finishedAt } = rotation;
  const at = (time: number | null) => (time === null ? "" : new Date(time).toISOString());
  if (state === "running")
    console.log(`A rotation began at ${at(startedAt)}: ${done} of ${total} records are done.`);
  if (state === "none" && finishedAt !== null)
    console.log(`The last rotation ended at ${at(finishedAt)}.`);
  if (state !== "failed") return 0;
  console.log(
    `The rotation of ${at(startedAt)} cannot end: ${total - done} records do not open, and hold the old key. \`npm run vault -- verify\` names them; enter them again, or delete what they belong to.`,
  );
  return 1;
}

async function verify(hub: Hub): Promise<0 | 1> {
  let checked = 0;
  let faults = 0;
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: VaultCheck = await ask(hub, "POST", "/verify", cursor ? { cursor } : {});
    for (const { credentialId, kind, subjectId, reason } of page.faults)
      console.log(`${credentialId} of ${kind} ${subjectId}: ${reasons[reason]}`);
    checked += page.checked;
    faults += page.faults.length;
    cursor = page.cursor;
  }
  console.log(`${checked} sealed records were checked; ${checked - faults} of them open.`);
  return faults === 0 ? 0 : 1;
}

const reasons: Record<VaultCheck["faults"][number]["reason"], string> = {
  missing: "is not there",
  altered: "does not open: it was altered, or sealed for another place",
  unknown_key: "is sealed with a data key that the team's key ring does not hold",
};

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error((error as Error).message);
  return 2;
});
