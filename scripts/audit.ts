// `npm run audit -- verify`: checks that nobody changed the audit log, by a running hub or by an export alone.
import { parseArgs } from "node:util";
import type { AuditVerdict } from "../shared/contracts/audit.ts";
import { verifyFile, type Found } from "./audit/verify-file.ts";

const usage = `npm run audit -- verify                      asks the hub at HUB_URL with the API key HUB_KEY
npm run audit -- verify --file export.jsonl  recomputes the chain of an export in JSON Lines by itself`;

/** Exit codes: 0 for whole, 1 for broken, 2 for what could not be checked. */
async function main(args: string[]): Promise<0 | 1> {
  const file = fileNamed(args);
  const { checked, from, to, fault } =
    file === undefined ? await verifyHub(hubNamed()) : await verifyFile(file);
  const range = checked === 0 ? "" : `, ${from + 1} to ${to}`;
  const start =
    file === undefined || from === 0 ? "" : ` Its first one, ${from}, is taken as it stands.`;
  if (fault === null) {
    console.log(`The audit log is whole: ${checked} entries${range}.${start}`);
    return 0;
  }
  const id = fault.id === null ? "" : ` (${fault.id})`;
  console.log(`The audit log is broken at entry ${fault.seq}${id}. ${fault.reason}`);
  console.log(`Whole before it: ${checked} entries${range}.${start}`);
  return 1;
}

function fileNamed(args: string[]): string | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { file: { type: "string" } },
      allowPositionals: true,
    });
    if (positionals.join(" ") === "verify") return values.file;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`, { cause: error });
  }
  throw new Error(usage);
}

function hubNamed(): { url: string; key: string } {
  const { HUB_URL: url = "http://localhost:8787", HUB_KEY: key = "" } = process.env;
  if (key === "") throw new Error(`HUB_KEY is not set.\n${usage}`);
  return { url: url.replace(/\/$/, ""), key };
}

async function verifyHub({ url, key }: { url: string; key: string }): Promise<Found> {
  let checked = 0;
  let first: number | undefined;
  for (let after = 0; ;) {
    const response = await fetch(`${url}/api/v1/audit/verify`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ after }),
    });
    if (!response.ok)
      throw new Error(
        `The hub answered ${response.status}: ${(await response.text()).slice(0, 500)}`,
      );
    const verdict = (await response.json()) as AuditVerdict;
    checked += verdict.checked;
    first ??= verdict.from;
    const { to, done, fault } = verdict;
    if (done || fault !== null) return { checked, from: first, to, fault };
    after = to;
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error((error as Error).message);
  return 2;
});
