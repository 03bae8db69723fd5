import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import type { ArchiveFile } from "../../../shared/contracts/archives";
import { createTeam, connectServer, type TestTeam } from "../../testing/team";
import { entry } from "../../testing/ledger-entry";
import { upkeepOf } from "../../testing/ledger-upkeep";
import hub from "../../index";
import { createExecutionContext } from "cloudflare:test";

const dayMs = 86_400_000;

let team: TestTeam;
let auditor: TestTeam;
let files: ArchiveFile[];
let hiddenId: string;

/** The lines of a downloaded file, or the status of an answer that is none. */
async function download(who: TestTeam, name: string): Promise<{ id: string }[] | number> {
  const request = new Request(`http://127.0.0.1/api/v1/executions/archives/${name}`, {
    headers: { authorization: `Bearer ${who.apiKey}` },
  });
  const { status, body } = await hub.fetch(request, env, createExecutionContext());
  if (status !== 200 || !body) return status;
  const text = await new Response(body.pipeThrough(new DecompressionStream("gzip"))).text();
  const lines = text.trimEnd().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as { id: string });
}

const list = async (who: TestTeam, query = ""): Promise<ArchiveFile[]> =>
  (await who.ask(`/api/v1/executions/archives${query}`)).body.items;

beforeAll(async () => {
  team = await createTeam();
  auditor = await team.join("operator");
  hiddenId = (await connectServer(team)).body.id;
  await team.ask(`/api/v1/connections/${hiddenId}/access`, {
    method: "PUT",
    body: { restricted: true, roles: [], people: [team.personId], needsSecondFactor: false },
  });
  const ledger = env.TEAM_LEDGER.getByName(team.id);
  const long = Date.now() - 200 * dayMs;
  await ledger.record(
    team.id,
    Array.from({ length: 40 }, (_, n) =>
      entry({
        at: long + n * 3 * dayMs,
        intent: { connectionId: n % 4 === 0 ? hiddenId : "con_1" },
        result: JSON.stringify({ characters: 1, truncated: false, json: "ü\n".repeat(n * 50) }),
      }),
    ),
  );
  await upkeepOf(ledger);
  files = await list(team);
});

it("lists files newest first, page by page", async () => {
  expect(files.length).toBeGreaterThan(3);
  expect(files.map(({ from }) => from)).toEqual(
    files.map(({ from }) => from).toSorted((a, b) => b - a),
  );
  const { body } = await team.ask("/api/v1/executions/archives?limit=2");
  const rest = await list(team, `?limit=200&cursor=${body.nextCursor}`);
  expect([...body.items, ...rest]).toEqual(files);
});

it("gives a file as it is", async () => {
  for (const { name, executions } of files)
    expect(await download(team, name)).toHaveLength(executions);
});

it("gives and counts nothing of connections that do not exist for whoever asks", async () => {
  const seen = await list(auditor);
  const lines = (await Promise.all(seen.map(({ name }) => download(auditor, name)))).flat();
  expect(lines.length).toBeGreaterThan(20);
  expect(JSON.stringify(lines).includes(hiddenId)).toBe(false);
  expect(seen.reduce((sum, { executions }) => sum + executions, 0)).toBe(lines.length);
});

it.each([
  ["a name of nothing", "nothing"],
  ["a way up", "..%2F..%2Fsecret"],
  ["the beginning of a name", "exe_"],
  ["ids that are none", `exe_${"u".repeat(26)}-exe_${"u".repeat(26)}.jsonl.gz`],
])("knows nothing of %s", async (_, name) => {
  expect(await download(team, name)).toBe(404);
});

it("gives no other team's, and nothing to who may not read the audit log", async () => {
  const name = files[0]?.name ?? "";
  expect(await download(await createTeam(), name)).toBe(404);
  expect(await download(await team.join("viewer"), name)).toBe(403);
  expect((await (await team.join("viewer")).ask("/api/v1/executions/archives")).status).toBe(403);
});
