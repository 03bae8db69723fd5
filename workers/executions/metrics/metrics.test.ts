import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../../testing/team";
import { familiesOf } from "./families";
import { formatMetrics } from "./format";

type Samples = { name: string; labels: Record<string, string>; value: number }[];

/** Reads the text as a scraper does, strictly: what is not in the format throws. */
function parse(text: string): { samples: Samples; types: Map<string, string> } {
  expect(text.endsWith("\n")).toBe(true);
  const types = new Map<string, string>();
  const helped = new Set<string>();
  const samples: Samples = [];
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = /^# (HELP|TYPE) ([a-z_:][a-z0-9_:]*) (.+)$/.exec(line);
    if (comment) {
      const [, kind, name = "", rest = ""] = comment;
      if (kind === "HELP") helped.add(name);
      else if (types.has(name) || !helped.has(name)) throw new Error(`Out of place: ${line}`);
      else types.set(name, rest);
      continue;
    }
    const sample = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line);
    if (!sample) throw new Error(`Not the format: ${line}`);
    const [, name = "", inside = "", value] = sample;
    const family = name.replace(/_(?:bucket|sum|count)$/, "");
    const type = types.get(name) ?? types.get(family);
    if (type === undefined || (type !== "histogram" && !types.has(name)))
      throw new Error(`Of no family: ${line}`);
    samples.push({ name, labels: labelsIn(inside), value: Number(value) });
  }
  const keys = samples.map(({ name, labels }) => `${name}${JSON.stringify(labels)}`);
  expect(new Set(keys).size).toBe(keys.length);
  return { samples, types };
}

function labelsIn(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const one = /([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(?:,|$)/y;
  while (one.lastIndex < text.length) {
    const [, name = "", value = ""] = one.exec(text) ?? [];
    if (name === "") throw new Error(`Not labels: ${text}`);
    labels[name] = value.replace(/\\(.)/g, (_, letter: string) => (letter === "n" ? "\n" : letter));
  }
  return labels;
}

const scrape = async (team: TestTeam) => {
  const answer = await team.ask("/api/v1/metrics");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  return parse(answer.text);
};
const valueOf = (samples: Samples, name: string, labels: Record<string, string> = {}) =>
  samples.find(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
  )?.value;
const callsOf = (samples: Samples, connection: string, status: string) =>
  valueOf(samples, "plugboard_calls_total", { connection, status });

async function call(team: TestTeam, name: string, init: { env?: Partial<Env> } = {}) {
  const tool = await toolNamed(team, name);
  return team.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: { message: "hi" } },
    ...init,
  });
}

describe("a team's metrics", () => {
  it("are there before the first call", async () => {
    const { samples, types } = await scrape(await createTeam());
    expect(valueOf(samples, "plugboard_calls_running")).toBe(0);
    expect(types.get("plugboard_calls_total")).toBe("counter");
  });

  it("count calls by connection and end, how long they took, and refusals; none goes down", async () => {
    const team = await createTeam();
    const { body: connection } = await connectServer(team);
    for (let n = 0; n < 3; n++) await call(team, "echo");
    await call(team, "test_error_handling");
    const one = { PLUGBOARD_USER_PER_MINUTE: "1" } as Partial<Env>;
    for (let n = 0; n < 2; n++) expect((await call(team, "echo", { env: one })).status).toBe(429);
    const read = async () => (await scrape(team)).samples;
    await expect
      .poll(async () => valueOf(await read(), "plugboard_call_duration_seconds_count"))
      .toBe(4);
    const before = await read();
    expect(callsOf(before, "fixture", "succeeded")).toBe(3);
    expect(callsOf(before, "fixture", "failed")).toBe(1);
    expect(callsOf(before, "fixture", "lost")).toBe(0);
    expect(valueOf(before, "plugboard_refusals_total", { reason: "person_minute" })).toBe(2);
    expect(valueOf(before, "plugboard_call_duration_seconds_count")).toBe(4);
    expect(valueOf(before, "plugboard_call_duration_seconds_bucket", { le: "+Inf" })).toBe(4);
    const buckets = before.filter(({ name }) => name === "plugboard_call_duration_seconds_bucket");
    expect(buckets.map(({ value }) => value)).toEqual(
      buckets.map(({ value }) => value).toSorted((a, b) => a - b),
    );
    await evictDurableObject(env.TEAM_GATE.getByName(team.id));
    await evictDurableObject(env.TEAM_LEDGER.getByName(team.id));
    expect(await read()).toEqual(before);
    await team.ask(`/api/v1/connections/${connection.id}`, { method: "DELETE" });
    expect(callsOf(await read(), "(deleted)", "succeeded")).toBe(3);
  });

  it("say nothing of what is hidden from whoever asks, nor of another team", async () => {
    const team = await createTeam();
    const { body: connection } = await connectServer(team);
    await call(team, "echo");
    await expect
      .poll(async () => callsOf((await scrape(team)).samples, "fixture", "succeeded"))
      .toBe(1);
    await team.ask(`/api/v1/connections/${connection.id}/access`, {
      method: "PUT",
      body: { restricted: true, roles: ["admin"], people: [], needsSecondFactor: false },
    });
    for (const reader of [await team.join("viewer"), await createTeam()]) {
      const { samples } = await scrape(reader);
      expect(samples.filter(({ labels }) => "connection" in labels)).toEqual([]);
      expect(valueOf(samples, "plugboard_call_duration_seconds_count")).toBe(0);
    }
  });
});

describe("the text", () => {
  it("escapes what would break it", () => {
    const value = 'a"b\\c\nd';
    const { samples } = parse(
      formatMetrics([
        {
          name: "x",
          help: "back\\slash\nline",
          type: "gauge",
          samples: [{ labels: { value }, value: 1 }],
        },
      ]),
    );
    expect(samples).toEqual([{ name: "x", labels: { value }, value: 1 }]);
  });

  it("has a bounded number of connections, and keeps those it named", () => {
    const byStatus = { succeeded: 1, failed: 0, timed_out: 0, cancelled: 0, lost: 0 };
    const measured = (count: number) => {
      const ids = Array.from({ length: count }, (_, n) => `con_${String(n).padStart(5, "0")}`);
      const connections = ids.map((connectionId) => ({
        connectionId,
        byStatus,
        ms: 12,
        durations: [{ slot: 12, times: 1 }],
      }));
      const slugs = new Map(ids.map((id) => [id, `s-${id}`]));
      const quiet = { jobs: {}, underWay: 0, refusals: {}, breakers: [] };
      return parse(formatMetrics(familiesOf({ connections, ...quiet }, slugs))).samples;
    };
    const labels = (samples: Samples) =>
      new Set(samples.flatMap(({ labels: { connection } }) => connection ?? []));
    expect(labels(measured(400)).size).toBe(400);
    expect(labels(measured(3000)).size).toBe(501);
    expect(callsOf(measured(3000), "(other)", "succeeded")).toBe(2500);
    expect(callsOf(measured(3000), "s-con_00007", "succeeded")).toBe(1);
    const samples = measured(10);
    expect(valueOf(samples, "plugboard_call_duration_seconds_bucket", { le: "0.007" })).toBe(0);
    expect(valueOf(samples, "plugboard_call_duration_seconds_bucket", { le: "0.015" })).toBe(10);
    expect(valueOf(samples, "plugboard_call_duration_seconds_sum")).toBe(0.12);
  });
});
