import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { systemContext } from "../../connections/system";
import { limits } from "../../limits/tables";
import { notices } from "../../notifications/tables";
import { hurryTimers } from "../../testing/hurry-timers";
import { losingNotices } from "../../testing/losing";
import {
  askHub,
  connectServer,
  createTeam,
  signIn,
  toolNamed,
  type TestTeam,
} from "../../testing/team";
import { teams } from "../../teams/tables";
import { settleLimitNotices } from "./settle.cron";
import { warnOfLimits } from "./warn";

const db = drizzle(env.DB);
const free = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;
const withSettings = (settings: Record<string, string>) =>
  ({ ...free, ...settings }) as unknown as Partial<Env>;
const at = (scope: string, id: string) => `/api/v1/limits/settings/${scope}/${id}`;

type Equipped = { team: TestTeam; connectionId: string; toolId: string; toolName: string };

async function equipped(): Promise<Equipped> {
  const team = await createTeam();
  const { body } = await connectServer(team, { name: "Desk" });
  const { id, exposedName } = await toolNamed(team, "echo");
  return { team, connectionId: body.id, toolId: id, toolName: exposedName };
}

const call = (who: TestTeam, toolId: string, settings: Partial<Env> = free) =>
  who.ask(`/api/v1/tools/${toolId}/call`, {
    body: { arguments: { message: "hi" } },
    env: settings,
  });
const set = (who: TestTeam, where: [scope: string, id: string], body: object) =>
  who.ask(at(...where), { method: "PUT", body });

describe("a limit the team set", () => {
  it.each([
    {
      scope: "person",
      whose: /^Your limit of 1 calls a minute is used up\. Try again in \d+ s\.$/,
    },
    { scope: "key", whose: /^This key's limit of 1/ },
    { scope: "connection", whose: /^The connection Desk's limit of 1/ },
    { scope: "tool", whose: /^The tool echo's limit of 1/ },
    { scope: "team", whose: /^The team's limit of 1/ },
    { scope: "member", whose: /^Your limit of 1/ },
  ])(
    "of a $scope holds for the next call, says whose it is, and goes again",
    async ({ scope, whose }) => {
      const { team, connectionId, toolId } = await equipped();
      const id = {
        person: team.personId,
        key: team.keyId,
        connection: connectionId,
        tool: toolId,
        team: team.id,
        member: team.id,
      }[scope] as string;
      expect(await set(team, [scope, id], { perMinute: 1 })).toMatchObject({
        status: 200,
        body: { scope, subjectId: id, perMinute: 1, perDay: null, budgetPerDay: null },
      });
      const [first, second] = [await call(team, toolId), await call(team, toolId)];
      expect(first).toMatchObject({ status: 200 });
      expect(second).toMatchObject({ status: 429, body: { error: { code: "rate_limited" } } });
      expect(second.body.error.message).toMatch(whose);
      const wait = Number(second.headers.get("retry-after"));
      expect(wait).toBeGreaterThan(50);
      expect(wait).toBeLessThanOrEqual(61);
      const name = scope === "member" ? "person" : scope;
      expect(first.headers.get("ratelimit")).toBe(`"${name}";r=0;t=60`);
      expect(second.headers.get("ratelimit-policy")).toBe(`"${name}";q=1;w=60`);
      expect(await team.ask(at(scope, id), { method: "DELETE" })).toMatchObject({ status: 204 });
      expect(await call(team, toolId)).toMatchObject({ status: 200 });
      const { body: audit } = await team.ask(`/api/v1/audit?subject=${id}`);
      expect(audit.items.map(({ action, before, after }: any) => [action, before, after])).toEqual(
        expect.arrayContaining([
          ["limit.set", { perMinute: null }, { perMinute: 1 }],
          ["limit.clear", { perMinute: 1, perDay: null, budgetPerDay: null }, null],
        ]),
      );
    },
  );

  it("of a day is refused until midnight UTC", async () => {
    const { team, toolId } = await equipped();
    await set(team, ["person", team.personId], { perDay: 1, perMinute: 5 });
    const [first, second] = [await call(team, toolId), await call(team, toolId)];
    expect(first.headers.get("ratelimit-policy")).toBe(
      '"person";q=5;w=60, "person-day";q=1;w=86400',
    );
    const midnight = Math.ceil(Date.now() / 86_400_000) * 86_400_000;
    const wait = Number(second.headers.get("retry-after"));
    expect(Math.abs(wait * 1000 - (midnight - Date.now()))).toBeLessThan(3000);
    expect(second.body.error.message).toMatch(
      /^Your limit of 1 calls a day is used up\. Try again after midnight UTC, in (\d+ h )?\d+ min\.$/,
    );
  });

  it("of a budget takes what the tool costs", async () => {
    const { team, toolId } = await equipped();
    await team.ask(`/api/v1/tools/${toolId}`, { method: "PATCH", body: { cost: 4 } });
    await set(team, ["team", team.id], { budgetPerDay: 10 });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await call(team, toolId));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[1]?.headers.get("ratelimit")).toMatch(/^"team-budget";r=2;t=\d+$/);
    expect(answers[2]?.body.error.message).toMatch(
      /^What is left today of the team's budget of 10 units does not pay for this call, which costs 4\. Try again after midnight UTC/,
    );
    await set(team, ["team", team.id], { budgetPerDay: 3 });
    expect((await call(team, toolId)).body.error.message).toMatch(/It never will: ask an owner/);
  });

  it("changes only what is named", async () => {
    const { team } = await equipped();
    const where: [string, string] = ["key", team.keyId];
    await set(team, where, { perMinute: 5, perDay: 50 });
    expect((await set(team, where, { perMinute: null, budgetPerDay: 7 })).body).toMatchObject({
      perMinute: null,
      perDay: 50,
      budgetPerDay: 7,
    });
  });

  it("is listed with the name of whose it is, page by page, until it is taken back", async () => {
    const { team, connectionId, toolId, toolName } = await equipped();
    await set(team, ["connection", connectionId], { perMinute: 1 });
    await set(team, ["tool", toolId], { perDay: 2 });
    await set(team, ["person", team.personId], { perDay: 3 });
    const { body: first } = await team.ask("/api/v1/limits/settings?limit=2");
    const { body: second } = await team.ask(
      `/api/v1/limits/settings?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`,
    );
    expect([...first.items, ...second.items].map(({ scope, name }: any) => [scope, name])).toEqual([
      ["connection", "Desk"],
      ["person", "Somebody"],
      ["tool", toolName],
    ]);
    expect(second.nextCursor).toBeNull();
    await team.ask(at("tool", toolId), { method: "DELETE" });
    expect(await team.ask(at("tool", toolId), { method: "DELETE" })).toMatchObject({ status: 404 });
  });

  it("is listed to whoever may change it, and to nobody else", async () => {
    const { team, connectionId, toolId, toolName } = await equipped();
    await set(team, ["connection", connectionId], { perMinute: 1 });
    await set(team, ["tool", toolId], { perDay: 2 });
    await set(team, ["team", team.id], { perDay: 3 });
    const keeper = await team.join("member");
    const listed = async () =>
      (await keeper.ask("/api/v1/limits/settings")).body.items.map(({ name }: any) => name);
    expect(await listed()).toEqual([]);
    const { body: role } = await team.ask("/api/v1/roles", {
      body: { name: "Keeper of tools", permissions: ["tools.read", "tools.write"] },
    });
    await team.ask(`/api/v1/members/${keeper.personId}`, {
      method: "PATCH",
      body: { role: role.id },
    });
    expect(await listed()).toEqual([toolName]);
    expect((await set(keeper, ["tool", toolId], { perDay: 5 })).status).toBe(200);
    expect((await set(keeper, ["connection", connectionId], { perDay: 5 })).status).toBe(403);
  });
});

describe("is refused", () => {
  it.each([
    {
      what: "another team's person",
      scope: "person",
      of: (other: Equipped) => other.team.personId,
    },
    { what: "another team's key", scope: "key", of: (other: Equipped) => other.team.keyId },
    {
      what: "another team's connection",
      scope: "connection",
      of: (other: Equipped) => other.connectionId,
    },
    { what: "another team's tool", scope: "tool", of: (other: Equipped) => other.toolId },
    { what: "another team", scope: "team", of: (other: Equipped) => other.team.id },
    { what: "a person as a tool", scope: "tool", of: (_: Equipped, own: TestTeam) => own.personId },
  ])("a limit of $what", async ({ scope, of }) => {
    const [own, other] = [await createTeam(), await equipped()];
    const refused = await set(own, [scope, of(other, own)], { perMinute: 1 });
    expect(refused).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
    expect(await db.select().from(limits).where(eq(limits.teamId, own.id))).toEqual([]);
  });

  it.each([
    { what: "nothing to read", body: "{" },
    { what: "half a call", body: { perMinute: 0.5 } },
    { what: "less than nothing", body: { perDay: -1 } },
    { what: "what is no limit", body: { perHour: 1 } },
  ])("$what", async ({ body }) => {
    const team = await createTeam();
    expect(await set(team, ["team", team.id], body as object)).toMatchObject({
      status: 400,
      body: { error: { code: "invalid_input" } },
    });
  });

  it.each(["/api/v1/limits/usage", "/api/v1/limits/settings"])(
    "a cursor of another list at %s",
    async (path) => {
      const team = await createTeam();
      expect(await team.ask(`${path}?cursor=exe_1`)).toMatchObject({
        status: 400,
        body: { error: { code: "invalid_input", details: { field: "query.cursor" } } },
      });
    },
  );

  it("one limit more than a team can have, whatever comes at once", async () => {
    const team = await createTeam();
    const rows = Array.from({ length: 999 }, (_, i) => [
      team.id,
      "tool",
      `tool_${i}`,
      1,
      Date.now(),
    ]);
    await env.DB.prepare(
      "INSERT INTO limits (team_id, scope, subject_id, per_minute, updated_at) SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)",
    )
      .bind(JSON.stringify(rows))
      .run();
    const answers = await Promise.all([
      set(team, ["team", team.id], { perMinute: 1 }),
      set(team, ["person", team.personId], { perMinute: 1 }),
      set(team, ["key", team.keyId], { perMinute: 1 }),
    ]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "409", "409"]);
    const [scope] = answers.flatMap(({ status, body }) => (status === 200 ? [body] : []));
    expect(await set(team, [scope.scope, scope.subjectId], { perDay: 9 })).toMatchObject({
      status: 200,
    });
  });
});

describe("a plan", () => {
  const plans = withSettings({
    PLUGBOARD_PLANS: '{"tiny":{"perMinute":2,"perDay":3,"inFlight":1}}',
    PLUGBOARD_PLAN: "unlimited",
  });
  const token = { authorization: "Bearer setup-token-of-the-tests" };
  const give = (team: TestTeam, plan: string | null) =>
    askHub("/api/auth/plans", {
      method: "PUT",
      body: { team: team.id, plan },
      headers: token,
      env: plans,
    });

  it("is given by the deployment, and limits the whole team from the next call on", async () => {
    const { team, toolId } = await equipped();
    const colleague = await team.join("member");
    await call(team, toolId, plans);
    expect(await give(team, "tiny")).toMatchObject({
      status: 200,
      body: { team: team.id, plan: { name: "tiny", perMinute: 2, perDay: 3 } },
    });
    expect((await call(team, toolId, plans)).headers.get("ratelimit-policy")).toBe(
      '"plan";q=2;w=60, "plan-day";q=3;w=86400',
    );
    expect(await call(colleague, toolId, plans)).toMatchObject({ status: 200 });
    const refused = await call(colleague, toolId, plans);
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.body.error.message).toMatch(
      /^The team's limit of 2 calls a minute, which its plan sets, is used up/,
    );
    const { body } = await team.ask("/api/v1/audit?action=team.plan");
    expect(body.items).toMatchObject([{ before: { plan: null }, after: { plan: "tiny" } }]);
    expect(await give(team, null)).toMatchObject({ body: { plan: { name: "unlimited" } } });
    expect(await call(team, toolId, plans)).toMatchObject({ status: 200 });
  });

  it("is never exceeded by the team's own limit, which may be lower", async () => {
    const team = await createTeam();
    await give(team, "tiny");
    const change = (body: object) =>
      team.ask(at("team", team.id), { method: "PUT", body, env: plans });
    const above = await change({ perMinute: 3 });
    expect(above).toMatchObject({ status: 400, body: { error: { code: "invalid_input" } } });
    expect(above.body.error.message).toContain("plan tiny");
    expect(await change({ perMinute: 1, perDay: 0 })).toMatchObject({ status: 200 });
    const { body } = await team.ask("/api/v1/limits", { env: plans });
    expect(body.own.filter(({ scope }: any) => scope === "team")).toMatchObject([
      { window: "minute", limit: 1, from: "team" },
      { window: "day", limit: 3, from: "plan" },
    ]);
  });

  it("sheds what is more than it lets run at once", async () => {
    const { team, toolId } = await equipped();
    await give(team, "tiny");
    const answers = await Promise.all(Array.from({ length: 12 }, () => call(team, toolId, plans)));
    const shed = answers.filter(({ status }) => status === 503);
    expect(shed.length).toBeGreaterThan(0);
    for (const { headers, body } of shed) {
      expect(headers.get("retry-after")).toBe("1");
      expect(body.error).toMatchObject({ code: "overloaded", details: { retryAfterSeconds: 1 } });
    }
  });

  it.each([
    { what: "without the setup token", headers: {}, body: { plan: "tiny" }, status: 401 },
    {
      what: "with another token",
      headers: { authorization: "Bearer x" },
      body: { plan: "tiny" },
      status: 401,
    },
    { what: "a plan that is none", headers: token, body: { plan: "gold" }, status: 400 },
    { what: "no team", headers: token, body: { plan: "tiny", team: "team_none" }, status: 404 },
  ])("is not given $what", async ({ headers, body, status }) => {
    const team = await createTeam();
    const answer = await askHub("/api/auth/plans", {
      method: "PUT",
      body: { team: team.id, ...body },
      headers,
      env: plans,
    });
    expect(answer.status).toBe(status);
    expect(await db.select({ plan: teams.plan }).from(teams).where(eq(teams.id, team.id))).toEqual([
      { plan: null },
    ]);
  });

  it.each([
    { settings: { PLUGBOARD_PLANS: "{" }, name: "PLUGBOARD_PLANS" },
    { settings: { PLUGBOARD_PLAN: "gold" }, name: "PLUGBOARD_PLAN" },
    { settings: { PLUGBOARD_USER_PER_DAY: "many" }, name: "PLUGBOARD_USER_PER_DAY" },
  ])(
    "that the setting $name gets wrong lets nothing through, and the answer names it",
    async ({ settings, name }) => {
      const { team, toolId } = await equipped();
      const refused = await call(team, toolId, withSettings(settings));
      expect(refused).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });
      expect(refused.body.error.message).toContain(name);
      const ready = await askHub("/health/ready", { env: withSettings(settings) });
      expect(ready).toMatchObject({ status: 503, body: { checks: { settings: "failed" } } });
    },
  );
});

describe("what is left", () => {
  let own: Equipped;
  beforeAll(async () => {
    own = await equipped();
    await set(own.team, ["key", own.team.keyId], { perDay: 10 });
    await set(own.team, ["tool", own.toolId], { perMinute: 4 });
    for (let i = 0; i < 3; i++)
      await call(own.team, own.toolId, withSettings({ PLUGBOARD_USER_PER_DAY: "100" }));
  });
  const settings = withSettings({ PLUGBOARD_USER_PER_DAY: "100" });

  it("is told to whoever asks, of their own and of the team", async () => {
    const { body } = await own.team.ask("/api/v1/limits", { env: settings });
    expect(body).toMatchObject({
      plan: { name: "unlimited", inFlight: 2000 },
      own: [
        {
          scope: "person",
          subjectId: own.team.personId,
          name: "Somebody",
          window: "day",
          limit: 100,
          used: 3,
          remaining: 97,
          from: "deployment",
        },
        {
          scope: "key",
          subjectId: own.team.keyId,
          name: "Key",
          window: "day",
          limit: 10,
          used: 3,
          remaining: 7,
          from: "team",
        },
      ],
      vendors: [],
      breakers: [],
      inFlight: { now: 0, most: 2000 },
    });
    const [{ resetAt }] = body.own;
    expect(resetAt).toBe(Math.ceil(Date.now() / 86_400_000) * 86_400_000);
  });

  it("is listed for the team, the nearest to its end first", async () => {
    const { body } = await own.team.ask("/api/v1/limits/usage", { env: settings });
    expect(
      body.items.map(({ name, window, used, limit }: any) => `${name} ${window} ${used}/${limit}`),
    ).toEqual([`${own.toolName} minute 3/4`, "Key day 3/10", "Somebody day 3/100"]);
    const pages = [];
    for (let cursor = ""; ;) {
      const path = `/api/v1/limits/usage?limit=1${cursor}`;
      const { body: page } = await own.team.ask(path, { env: settings });
      pages.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    }
    expect(pages.map(({ name }) => name)).toEqual([own.toolName, "Key", "Somebody"]);
    const narrowed = await own.team.ask("/api/v1/limits/usage?scope=key&window=day", {
      env: settings,
    });
    expect(narrowed.body.items).toMatchObject([{ scope: "key", name: "Key" }]);
  });

  it("does not name what is hidden, or a key that is not theirs", async () => {
    const viewer = await own.team.join("viewer");
    const names = async () => {
      const { body } = await viewer.ask("/api/v1/limits/usage", { env: settings });
      return body.items.map(({ name }: { name: string }) => name);
    };
    expect(await names()).toEqual([own.toolName, own.team.keyId, "Somebody"]);
    await own.team.ask(`/api/v1/connections/${own.connectionId}/access`, {
      method: "PUT",
      body: { restricted: true, roles: [], people: [], needsSecondFactor: false },
    });
    expect(await names()).toEqual([own.team.keyId, "Somebody"]);
    expect(await set(viewer, ["tool", own.toolId], { perMinute: 1 })).toMatchObject({
      status: 403,
    });
  });

  it("counts a page in the browser as its person", async () => {
    const session = await signIn(own.team);
    const { body } = await askHub("/api/v1/limits", { headers: session, env: settings });
    expect(body.own).toMatchObject([{ scope: "person", used: 3 }]);
  });
});

describe("warnings", () => {
  afterEach(() => vi.restoreAllMocks());

  const told = async (team: TestTeam) => {
    const rows = await db.select().from(notices).where(eq(notices.teamId, team.id));
    return rows
      .filter(({ kind }) => kind.startsWith("limit."))
      .map(({ kind, personId, title }) => ({ kind, personId, title }))
      .toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  };

  it("come once at 80 % and once at the end, to the person whose limit it is", async () => {
    const { team, toolId } = await equipped();
    const member = await team.join("member");
    await set(team, ["person", member.personId], { perDay: 10 });
    await Promise.all(Array.from({ length: 7 }, () => call(member, toolId)));
    expect(await told(team)).toEqual([]);
    await call(member, toolId);
    const near = {
      kind: "limit.near",
      personId: member.personId,
      title: "Your day limit is used to 80 %",
    };
    expect(await told(team)).toEqual([near]);
    await Promise.all(Array.from({ length: 6 }, () => call(member, toolId)));
    const reached = {
      kind: "limit.reached",
      personId: member.personId,
      title: "Your day limit is used up",
    };
    expect(await told(team)).toEqual([near, reached]);
  });

  it.each(["call", "job"])(
    "come of a budget too whose rest does not pay for a %s",
    async (what) => {
      const { team, toolId } = await equipped();
      await team.ask(`/api/v1/tools/${toolId}`, { method: "PATCH", body: { cost: 30 } });
      await set(team, ["tool", toolId], { budgetPerDay: 100 });
      for (let i = 0; i < 3; i++) expect((await call(team, toolId)).status).toBe(200);
      const job = { toolId, arguments: { message: "hi" } };
      const ask = () =>
        what === "call" ? call(team, toolId) : team.ask("/api/v1/jobs", { body: job, env: free });
      for (let i = 0; i < 2; i++) expect((await ask()).status).toBe(429);
      expect(await told(team)).toMatchObject([
        { kind: "limit.near", title: expect.stringContaining("used to 80 %") },
        { kind: "limit.reached", title: expect.stringContaining("does not pay for a call") },
      ]);
    },
  );

  it("of what is the team's go to its owners and admins, and are settled when the day is over", async () => {
    const { team, toolId } = await equipped();
    const member = await team.join("member");
    const admin = await team.join("admin");
    await set(team, ["tool", toolId], { perDay: 1 });
    await call(member, toolId);
    const people = (await told(team)).map(({ personId }) => personId);
    expect(people.toSorted()).toEqual([team.personId, admin.personId].toSorted());
    await settleLimitNotices(env, Date.now());
    const open = () =>
      team.ask("/api/v1/notices?open=true").then(({ body }) => body.items.length as number);
    expect(await open()).toBe(1);
    await settleLimitNotices(env, Date.now() + 86_400_000);
    expect(await open()).toBe(0);
  });

  it("come though the registry fails a few times when they are to be written", async () => {
    const team = await createTeam();
    const DB = losingNotices(3);
    const background: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => void background.push(work);
    const ctx = systemContext({ ...env, DB }, team.id, { now: Date.now(), waitUntil });
    const calls = { window: "day", limit: 1, used: 1, percent: 100 } as const;
    const warning = { ...calls, name: "team", subject: team.id } as const;
    hurryTimers(10);
    warnOfLimits(ctx, { name: "echo", connection: { name: "Desk", ownerId: null } }, [warning]);
    await Promise.all(background);
    expect(await told(team)).toMatchObject([{ kind: "limit.reached", personId: team.personId }]);
  });
});
