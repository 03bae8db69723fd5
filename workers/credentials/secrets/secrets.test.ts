import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { faultyStorage, type Loss } from "../../testing/faulty-storage";
import { connectServer, createTeam, toolNamed, type TestTeam } from "../../testing/team";
import { openSecret } from "../store";
import { credentials, teamSecrets } from "../tables";
import { secretNamesIn } from "./names";
import { resolveSecrets } from "./resolve";
import { secretUseStatements } from "./uses";

const db = drizzle(env.DB);
const value = "sesame-4f9a81-plus-c0de";
let team: TestTeam;
beforeEach(async () => {
  team = await createTeam();
});

const create = (by: TestTeam, body: object = {}) =>
  by.ask("/api/v1/secrets", { body: { name: "TICKETS_TOKEN", value, ...body } });
const ctxOf = (one: TestTeam) => ({ env, db, teamId: one.id });
/** As a connection does whose fields name them. */
const use = (connectionId: string, names: string[]) => {
  const [first, ...rest] = secretUseStatements(ctxOf(team), connectionId, names);
  return first && db.batch([first, ...rest]);
};
const rowsOf = () => db.select().from(teamSecrets).where(eq(teamSecrets.teamId, team.id));
const recordsOf = async () =>
  (await env.TOKENS.list({ prefix: `t/${team.id}/c/` })).keys.map(({ name }) => name);

describe("a team's secret", () => {
  it("is given a name, listed by it, described anew and deleted, and its value never comes back", async () => {
    const made = await create(team, { description: "For the desk" });
    expect(made).toMatchObject({
      status: 201,
      body: {
        name: "TICKETS_TOKEN",
        description: "For the desk",
        lastFour: "c0de",
        usedBy: [],
        uses: 0,
        createdBy: team.personId,
      },
    });
    await create(team, { name: "A_SHORT_ONE", value: "12345678901" });
    const listed = await team.ask("/api/v1/secrets");
    expect(listed.body.items.map(({ name, lastFour }: any) => [name, lastFour])).toEqual([
      ["A_SHORT_ONE", null],
      ["TICKETS_TOKEN", "c0de"],
    ]);
    const page = await team.ask("/api/v1/secrets?limit=1");
    expect(page.body.nextCursor).toBe("A_SHORT_ONE");
    const rest = await team.ask("/api/v1/secrets?limit=1&cursor=A_SHORT_ONE");
    expect(rest.body).toMatchObject({ items: [{ name: "TICKETS_TOKEN" }], nextCursor: null });
    expect((await team.ask("/api/v1/secrets?query=DESK")).body.items).toHaveLength(1);
    const path = `/api/v1/secrets/${made.body.id}`;
    const changed = await team.ask(path, { method: "PATCH", body: { description: null } });
    expect(changed).toMatchObject({ status: 200, body: { description: null, lastFour: "c0de" } });
    expect((await team.ask(path)).body).toEqual(changed.body);
    expect((await team.ask(path, { method: "DELETE" })).status).toBe(204);
    expect((await team.ask(path)).status).toBe(404);
    const audit = await team.ask("/api/v1/audit");
    expect(audit.body.items.map(({ action }: any) => action)).toEqual([
      "secret.delete",
      "secret.update",
      "secret.create",
      "secret.create",
    ]);
    for (const { text } of [made, listed, page, rest, changed, audit])
      expect(text).not.toContain("sesame");
    expect(await recordsOf()).toHaveLength(1);
  });

  it("is made by who may, and read by who may", async () => {
    const { body } = await create(team);
    const path = `/api/v1/secrets/${body.id}`;
    const operator = await team.join("operator");
    expect((await operator.ask(path)).status).toBe(200);
    expect((await create(operator, { name: "OTHER" })).status).toBe(403);
    expect((await operator.ask(path, { method: "PATCH", body: { value } })).status).toBe(403);
    expect((await operator.ask(path, { method: "DELETE" })).status).toBe(403);
    expect((await (await team.join("member")).ask("/api/v1/secrets")).status).toBe(403);
  });

  it.each([
    ["a line break at its end", { value: "pasted\n" }, "value: ends with a line break: paste it"],
    ["one as Windows has it", { value: "pasted\r\n" }, "value: ends with a line break: paste it"],
    ["nothing in it", { value: "" }, "body.value: "],
    ["more than 20,000 characters", { value: "x".repeat(20_001) }, "body.value: "],
    ["a name in small letters", { name: "lower" }, "body.name: must be capital letters"],
    ["a name that begins with a digit", { name: "1ST" }, "body.name: must be capital letters"],
  ])("with %s is refused", async (_what, wrong, message) => {
    const refused = await create(team, wrong);
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
    expect(refused.body.error.message).toContain(message);
    expect(await recordsOf()).toEqual([]);
  });

  it("has one name, and of two who take it at once one does", async () => {
    const answers = await Promise.all([create(team), create(team), create(team)]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
    expect(await recordsOf()).toHaveLength(1);
    expect((await create(await createTeam())).status).toBe(201);
  });

  it("whose value is replaced is the new one from then on, and the old one is gone", async () => {
    const { body } = await create(team);
    const record = {
      authorization: "Bearer {{secrets.TICKETS_TOKEN}}",
      "x-as": "{{secrets.TICKETS_TOKEN}}",
    };
    expect(await resolveSecrets(ctxOf(team), record)).toEqual({
      authorization: `Bearer ${value}`,
      "x-as": value,
    });
    const [before] = await recordsOf();
    const changed = await team.ask(`/api/v1/secrets/${body.id}`, {
      method: "PATCH",
      body: { value: "another-value-0f0f" },
    });
    expect(changed.body).toMatchObject({ lastFour: "0f0f" });
    const epoch = await env.TEAM_GATE.getByName(team.id).epoch();
    expect(epoch).toBeGreaterThan(1);
    expect((await resolveSecrets(ctxOf(team), record))["x-as"]).toBe("another-value-0f0f");
    const after = await recordsOf();
    expect(after).toHaveLength(1);
    expect(after).not.toContain(before);
  });

  it("that something uses is not deleted, and says what does; what is hidden is counted alone", async () => {
    const { body: secret } = await create(team);
    const { id: first } = (await connectServer(team, { name: "First" })).body as { id: string };
    const { id: second } = (await connectServer(team, { name: "Second" })).body as { id: string };
    await use(first, ["TICKETS_TOKEN"]);
    await use(second, ["TICKETS_TOKEN"]);
    await team.ask(`/api/v1/connections/${second}/access`, {
      method: "PUT",
      body: { restricted: true, roles: ["owner"], people: [], needsSecondFactor: false },
    });
    const path = `/api/v1/secrets/${secret.id}`;
    expect((await team.ask(path)).body).toMatchObject({
      uses: 2,
      usedBy: [
        { kind: "connection", id: first, name: "First" },
        { kind: "connection", id: second, name: "Second" },
      ],
    });
    const operator = await team.join("operator");
    const seen = await operator.ask(path);
    expect(seen.body).toMatchObject({ uses: 2, usedBy: [{ id: first }] });
    expect(seen.text).not.toContain("Second");
    const refused = await team.ask(path, { method: "DELETE" });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: "secret_in_use", details: { uses: 2 } } },
    });
    expect(refused.body.error.message).toContain('is used by "First", "Second"');
    expect((await team.ask("/api/v1/audit")).body.items[0].action).not.toBe("secret.delete");
    await use(first, []);
    await use(second, []);
    expect((await team.ask(path, { method: "DELETE" })).status).toBe(204);
  });

  it("that is gone cannot be used by a change that comes too late", async () => {
    await expect(use("con_1", ["NEVER_MADE"])).rejects.toThrow();
  });
});

describe("{{secrets.NAME}}", () => {
  it("is looked for in what was typed, and never in what a vendor sent", async () => {
    await create(team);
    const record = { apiKey: "plain", accessToken: "{{secrets.TICKETS_TOKEN}}" };
    expect(secretNamesIn(record)).toEqual([]);
    expect(await resolveSecrets(ctxOf(team), record)).toBe(record);
  });

  it("that names nothing is refused by its name, and costs no more than a look", async () => {
    await expect(
      resolveSecrets(ctxOf(team), { apiKey: "{{secrets.NEVER_MADE}}" }),
    ).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("no secret named NEVER_MADE"),
    });
    const elsewhere = await createTeam();
    await create(elsewhere);
    await expect(
      resolveSecrets(ctxOf(team), { apiKey: "{{secrets.TICKETS_TOKEN}}" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("stands for a value that is taken as it is", async () => {
    await create(team, { value: "$& {{secrets.OTHER}}" });
    await create(team, { name: "OTHER", value: "other" });
    expect(
      await resolveSecrets(ctxOf(team), { a: "{{secrets.TICKETS_TOKEN}}/{{secrets.OTHER}}" }),
    ).toEqual({ a: "$& {{secrets.OTHER}}/other" });
  });
});

it("is named in a connection by who may set secrets, and its value stays where it is", async () => {
  const { body: secret } = await create(team);
  const named = (name: string, extra: object = {}) => ({
    connector: "mcp",
    name,
    config: {
      url: env.FIXTURE_URL,
      headers: { authorization: "Bearer {{secrets.TICKETS_TOKEN}}" },
    },
    ...extra,
  });
  const made = await team.ask("/api/v1/connections", { body: named("By an owner") });
  expect(made.status, made.text).toBe(201);
  const { id: tool } = await toolNamed(team, "whoami");
  const call = () => team.ask(`/api/v1/tools/${tool}/call`, { body: { arguments: {} } });
  const sent = async () => JSON.parse((await call()).body.result.content[0].text).authorization;
  expect(await sent()).toBe("Bearer [secret]");
  expect((await team.ask(`/api/v1/secrets/${secret.id}`)).body.usedBy).toEqual([
    { kind: "connection", id: made.body.id, name: "By an owner" },
  ]);
  const member = await team.join("member");
  const refused = await member.ask("/api/v1/connections", {
    body: named("One's own", { owner: "person" }),
  });
  expect(refused.body.error).toMatchObject({
    code: "forbidden",
    details: { permission: "secrets.write" },
  });
  const unknown = {
    config: { url: env.FIXTURE_URL, headers: { "x-key": "{{secrets.NEVER_MADE}}" } },
  };
  const wrong = await team.ask("/api/v1/connections", { body: named("Wrong", unknown) });
  expect(wrong.body.error).toMatchObject({
    code: "invalid_input",
    details: { secret: "NEVER_MADE" },
  });
  await team.ask(`/api/v1/secrets/${secret.id}`, {
    method: "PATCH",
    body: { value: "plain words" },
  });
  expect(await sent()).not.toContain("sesame");
  await team.ask(`/api/v1/connections/${made.body.id}`, { method: "DELETE" });
  expect((await team.ask(`/api/v1/secrets/${secret.id}`, { method: "DELETE" })).status).toBe(204);
});

it.each<Loss>(["before", "after"])(
  "whichever call of the storage fails (%s it is done), a secret has the old value or the new one, and every record a row",
  async (loss) => {
    const { body } = await create(team, { value: "value 0" });
    const path = `/api/v1/secrets/${body.id}`;
    for (let k = 1, reached = true; reached; k++) {
      const [updating, creating, deleting] = [1, 2, 3].map(() => faultyStorage(k, loss));
      const change = { method: "PATCH", body: { value: `value ${k}` } };
      await team.ask(path, { ...change, ...(updating && { env: updating.env }) });
      const made = { name: `NEW_${k}`, value: `value ${k}` };
      await team.ask("/api/v1/secrets", { body: made, ...(creating && { env: creating.env }) });
      for (const row of await rowsOf()) {
        const ref = { id: row.credentialId, version: row.credentialVersion };
        const { value: opened } = await openSecret(ctxOf(team), ref);
        expect([`value ${k}`, `value ${k - 1}`, "value 0"], row.name).toContain(opened);
        const known = await db.select().from(credentials).where(eq(credentials.id, ref.id)).get();
        expect(known, `call ${k} of ${row.name}`).toMatchObject({ version: ref.version });
        if (row.name === made.name)
          await team.ask(`/api/v1/secrets/${row.id}`, {
            method: "DELETE",
            ...(deleting && { env: deleting.env }),
          });
      }
      // Whatever was cut off is done when it is asked for again.
      await team.ask(path, change);
      for (const row of (await rowsOf()).filter(({ id }) => id !== body.id))
        expect((await team.ask(`/api/v1/secrets/${row.id}`, { method: "DELETE" })).status).toBe(
          204,
        );
      reached = [updating, creating, deleting].some((one) => (one?.calls.length ?? 0) >= k);
      if (!reached) expect(k).toBeGreaterThan(8);
    }
  },
);
