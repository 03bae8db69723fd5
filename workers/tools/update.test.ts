import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { connectServer, createTeam, toolNamed } from "../testing/team";

it("sets a tool's time limit, which its next call keeps, and takes it away again", async () => {
  const team = await createTeam();
  await connectServer(team);
  const { id } = await toolNamed(team, "sleep");
  const path = `/api/v1/tools/${id}`;
  const sleep = (ms: number) => team.ask(`${path}/call`, { body: { arguments: { ms } } });

  expect((await sleep(300)).body.execution.status).toBe("succeeded");
  expect((await team.ask(path, { method: "PATCH", body: { timeoutMs: 100 } })).body.timeoutMs).toBe(
    100,
  );
  const started = Date.now();
  const late = await sleep(5000);
  expect([late.status, late.body.error.code]).toEqual([504, "upstream_timeout"]);
  expect(Date.now() - started).toBeLessThan(3000);
  expect(
    (await team.ask(path, { method: "PATCH", body: { timeoutMs: null } })).body.timeoutMs,
  ).toBe(30_000);
  expect((await sleep(300)).body.execution.status).toBe("succeeded");

  const { items } = (await team.ask("/api/v1/audit")).body;
  expect(items.filter(({ action }: { action: string }) => action === "tool.update")).toMatchObject([
    { subjectId: id, before: { timeoutMs: 100 }, after: { timeoutMs: null } },
    { subjectId: id, before: { timeoutMs: 30_000 }, after: { timeoutMs: 100 } },
  ]);
});

it.each<[string, unknown]>([
  ["body", {}],
  ["body.timeoutMs", { timeoutMs: 99 }],
  ["body.timeoutMs", { timeoutMs: 600_001 }],
  ["body.timeoutMs", { timeoutMs: 100.5 }],
  ["body.timeoutMs", { timeoutMs: "1000" }],
  ["body", { timeoutMs: 1000, status: "available" }],
  ["body.runsAgain", { runsAgain: "yes" }],
  ["body.cacheSeconds", { cacheSeconds: 0 }],
  ["body.cacheSeconds", { cacheSeconds: 604_801 }],
  ["body.staleSeconds", { staleSeconds: 0.5 }],
  ["body.cost", { cost: -1 }],
])("refuses a change by the name of %s: %j", async (field, body) => {
  const team = await createTeam();
  await connectServer(team, { url: `${env.FAULTS_URL}/f/healthy/mcp` });
  const { id } = await toolNamed(team, "probe");
  const refused = await team.ask(`/api/v1/tools/${id}`, { method: "PATCH", body });
  expect(refused.body.error).toMatchObject({ code: "invalid_input", details: { field } });
  expect((await team.ask(`/api/v1/tools/${id}`)).body.timeoutMs).toBe(30_000);
});
