import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import { connectServer, createTeam, type TestTeam } from "../testing/team";

const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;
const fault = (name: string, options = "") => `${env.FAULTS_URL}/f/${name}/mcp${options}`;

async function seen(name: string): Promise<{ calls: number; counted: number[] }> {
  return (await fetch(`${env.FAULTS_URL}/f/${name}/seen`)).json();
}

let number = Math.floor(Math.random() * 1e9);
const nextNumber = () => (number += 1);
const timesCounted = async (n: number) =>
  (await seen("healthy")).counted.filter((counted) => counted === n).length;

let team: TestTeam;
let count: { id: string };
let slow: { id: string };

async function toolAt(url: string, name: string, tool = "probe"): Promise<{ id: string }> {
  const { body } = await connectServer(team, { url, name });
  const { body: tools } = await team.ask(`/api/v1/tools?connection=${body.id}&limit=200`);
  return tools.items.find((item: { name: string }) => item.name === tool);
}

const call = (tool: { id: string }, key: string, args: object, who: TestTeam = team) =>
  who.ask(`/api/v1/tools/${tool.id}/call`, {
    body: { arguments: args },
    headers: { "idempotency-key": key },
    env: unlimited,
  });

beforeAll(async () => {
  team = await createTeam();
  count = await toolAt(fault("healthy"), "Healthy", "count");
  slow = await toolAt(fault("healthy", "?delay=400"), "Slow", "count");
});

describe("an Idempotency-Key", () => {
  it("gives whoever repeats the call the first execution and result, and the server one call", async () => {
    const [key, n] = [newId("req"), nextNumber()];
    const first = await call(count, key, { n });
    expect(first.status).toBe(200);
    for (let i = 0; i < 3; i++) {
      const again = await call(count, key, { n });
      expect(again.body).toEqual(first.body);
    }
    expect(await timesCounted(n)).toBe(1);
  });

  it("means the same call in whatever order its arguments stand", async () => {
    const [key, n] = [newId("req"), nextNumber()];
    const first = await call(count, key, { n, extra: { a: 1, b: [2, 3] } });
    expect(first.status).toBe(200);
    expect((await call(count, key, { extra: { b: [2, 3], a: 1 }, n })).body).toEqual(first.body);
    expect((await call(count, key, { extra: { b: [3, 2], a: 1 }, n })).status).toBe(422);
    expect(await timesCounted(n)).toBe(1);
  });

  it("refuses another call under the same key", async () => {
    const [key, n, other] = [newId("req"), nextNumber(), nextNumber()];
    const first = await call(count, key, { n });
    for (const refused of [await call(count, key, { n: other }), await call(slow, key, { n })])
      expect(refused).toMatchObject({
        status: 422,
        body: {
          error: {
            code: "idempotency_mismatch",
            details: { executionId: first.body.execution.id },
          },
        },
      });
    expect(await timesCounted(other)).toBe(0);
    expect(await timesCounted(n)).toBe(1);
  });

  it("refuses a repetition while the first call runs, and answers it afterwards", async () => {
    const [key, n] = [newId("req"), nextNumber()];
    const first = call(slow, key, { n });
    await expect.poll(() => timesCounted(n), { interval: 10 }).toBe(1);
    expect(await call(slow, key, { n })).toMatchObject({
      status: 409,
      body: { error: { code: "idempotency_in_progress" } },
    });
    const done = await first;
    expect((await call(slow, key, { n })).body).toEqual(done.body);
    expect(await timesCounted(n)).toBe(1);
  });

  it("lets one of many through that arrive at once", async () => {
    const [key, n] = [newId("req"), nextNumber()];
    const answers = await Promise.all(Array.from({ length: 12 }, () => call(slow, key, { n })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(11);
    expect(await timesCounted(n)).toBe(1);
  });

  it("belongs to one API key: another's is another", async () => {
    const [key, n] = [newId("req"), nextNumber()];
    const first = await call(count, key, { n });
    const other = await call(count, key, { n }, await team.join("member"));
    expect(other.status).toBe(200);
    expect(other.body.execution.id).not.toBe(first.body.execution.id);
    expect(await timesCounted(n)).toBe(2);
  });

  it.each([
    { name: "status_500", code: "upstream_error" },
    { name: "invalid_json", code: "upstream_invalid" },
    { name: "status_401", code: "upstream_unauthorized" },
    { name: "reset_before_headers", code: "upstream_unreachable" },
    { name: "result_10mb", code: "upstream_too_large" },
    { name: "hang", code: "upstream_timeout" },
    { name: "error_in_200", code: "upstream_error" },
  ])("gives the same error again after a failure ($name)", async ({ name, code }) => {
    const probe = await toolAt(fault(name), name);
    await team.ask(`/api/v1/tools/${probe.id}`, {
      method: "PATCH",
      body: { timeoutMs: name === "hang" ? 300 : 5000 },
    });
    const key = newId("req");
    const before = (await seen(name)).calls;
    const first = await call(probe, key, { text: "hi" });
    const again = await call(probe, key, { text: "hi" });
    expect(first.body.error.code).toBe(code);
    expect(again.status).toBe(first.status);
    expect(again.body.error).toMatchObject({ code, message: first.body.error.message });
    expect(again.body.error.details.executionId).toBe(first.body.error.details.executionId);
    expect((await seen(name)).calls).toBe(before + 1);
  });

  it("gives a tool's own error again as the tool's answer", async () => {
    const probe = await toolAt(fault("tool_error"), "Tool error");
    const key = newId("req");
    const first = await call(probe, key, {});
    expect(first.body).toMatchObject({
      execution: { status: "failed" },
      result: { isError: true },
    });
    expect((await call(probe, key, {})).body).toEqual(first.body);
  });

  it("gives a result of almost a megabyte again, and says of a larger one that it was not kept", async () => {
    const big = await toolAt(env.FIXTURE_URL, "Fixture", "big_result");
    const [kept, tooLarge] = [newId("req"), newId("req")];
    const first = await call(big, kept, { kilobytes: 900 });
    expect((await call(big, kept, { kilobytes: 900 })).text).toBe(first.text);
    const larger = await call(big, tooLarge, { kilobytes: 1100 });
    expect(larger.status).toBe(200);
    expect(await call(big, tooLarge, { kilobytes: 1100 })).toMatchObject({
      status: 409,
      body: { error: { code: "conflict", details: { executionId: larger.body.execution.id } } },
    });
  });

  it("gives again what the record masks, and keeps it sealed", async () => {
    const echo = await toolAt(fault("healthy"), "Mail", "probe");
    const [key, mail] = [newId("req"), "ada.lovelace@example.com"];
    const first = await call(echo, key, { text: mail });
    expect(first.text).toContain(mail);
    expect((await call(echo, key, { text: mail })).text).toBe(first.text);
    const { text } = await team.ask(`/api/v1/executions/${first.body.execution.id}`);
    expect(text).not.toContain(mail);
    const rows = await runInDurableObject(env.TEAM_LEDGER.getByName(team.id), (_, { storage }) =>
      storage.sql.exec("SELECT sealed FROM kept_answers").toArray(),
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { sealed } of rows) expect(sealed).toMatch(/^pb1\./);
  });

  it("is not used up by a call that was refused before it began", async () => {
    const [key, n] = [newId("req"), nextNumber()];
    expect((await call(count, key, { n: "wrong" })).status).toBe(400);
    expect((await call(count, key, { n })).status).toBe(200);
  });

  it.each(["", "two words", "ümlaut", "k".repeat(201)])(
    "is refused when it is none: %j",
    async (key) => {
      const n = nextNumber();
      const refused = await call(count, key, { n });
      expect(refused.status).toBe(400);
      expect(refused.body.error).toMatchObject({
        code: "invalid_input",
        details: { field: "header.idempotency-key" },
      });
      expect(await timesCounted(n)).toBe(0);
    },
  );
});
