import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { newId } from "../../shared/ids";
import type { Intent } from "../ledger";
import type { ServerNews } from "../limits";
import { losingNotices } from "../testing/losing";
import { connectServer, createTeam } from "../testing/team";
import { tellOfServers } from "./server-news";
import { systemContext } from "./system";

const intent: Omit<Intent, "connectionId" | "startedAt"> = {
  method: "tools/call",
  surface: "rest",
  toolId: "tool_1",
  name: "echo",
  connectionSlug: "one",
  actor: { kind: "apiKey", id: "key_1", personId: "per_1" },
  requestId: "req_1",
};

afterEach(() => vi.restoreAllMocks());

it("news of one server that cannot be told keep no other's from being told, and are handed out again alone", async () => {
  const team = await createTeam();
  const gate = env.TEAM_GATE.getByName(team.id);
  const call = async (connectionId: string, failures: number): Promise<ServerNews[]> => {
    const executionId = newId("exe");
    const admission = await gate.admit({
      epoch: await gate.epoch(),
      executionId,
      connectionId,
      limits: [],
      inFlight: 10,
      timeoutMs: 1000,
      intent: JSON.stringify({ ...intent, connectionId, startedAt: Date.now() }),
      arguments: null,
      underway: 0,
      idempotency: null,
      settlements: [],
    });
    const outcome = JSON.stringify({
      status: "failed",
      finishedAt: Date.now(),
      durationMs: 1,
      upstreamMs: 1,
      error: null,
    });
    const settled = await gate.settle([
      { executionId, notes: [], outcome, result: null, verdict: "fails", failures },
    ]);
    return [...(admission.news ?? []), ...settled];
  };
  const [first, second] = [
    (await connectServer(team, { name: "First" })).body.id,
    (await connectServer(team, { name: "Second" })).body.id,
  ];
  const news = [...(await call(first, 5)), ...(await call(second, 5))];
  expect(news.map(({ connectionId }) => connectionId)).toEqual([first, second]);

  const DB = losingNotices(1);
  const background: Promise<unknown>[] = [];
  const waitUntil = (work: Promise<unknown>) => void background.push(work);
  const ctx = systemContext({ ...env, DB }, team.id, { now: Date.now(), waitUntil });
  tellOfServers(ctx, news);
  for (const work of background) await work;
  const told: string[] = (await team.ask("/api/v1/notices")).body.items.map(
    ({ subjectId }: { subjectId: string }) => subjectId,
  );
  expect(told).toHaveLength(1);

  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 31_000);
  const again = await call("con_other", 0);
  expect(again.map(({ connectionId }) => connectionId)).toEqual(
    [first, second].filter((id) => !told.includes(id)),
  );
});
