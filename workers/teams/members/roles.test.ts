import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { permissions, type Permission } from "../../../shared/roles";
import { giveRole, makeRole } from "../../testing/people";
import { createTeam, type TestTeam } from "../../testing/team";

let owner: TestTeam;
beforeEach(async () => {
  owner = await createTeam();
});

const make = (by: TestTeam, name: string, granted: readonly Permission[] = ["tools.read"]) =>
  by.ask("/api/v1/roles", { body: { name, permissions: granted } });
const change = (by: TestTeam, id: string, body: object) =>
  by.ask(`/api/v1/roles/${id}`, { method: "PATCH", body });
const remove = (by: TestTeam, id: string) => by.ask(`/api/v1/roles/${id}`, { method: "DELETE" });
const own = async (who: TestTeam) =>
  (await who.ask("/api/v1/roles")).body.items.filter(({ builtIn }: any) => !builtIn);
const actions = async () =>
  (await owner.ask("/api/v1/audit")).body.items.map(({ action }: any) => action);

it("lists what every role may do and how many have it, to whoever may see the members", async () => {
  const viewer = await owner.join("viewer");
  const { body } = await make(owner, "Analyst", ["tools.read", "audit.read", "tools.read"]);
  await giveRole(await owner.join("member"), body.id);
  const { items } = (await viewer.ask("/api/v1/roles")).body;
  expect(items.map(({ id, members }: any) => [id, members])).toEqual([
    ["owner", 1],
    ["admin", 0],
    ["operator", 0],
    ["member", 0],
    ["viewer", 1],
    [body.id, 1],
  ]);
  expect(items[0].permissions).toEqual([...permissions]);
  expect(items.at(-1)).toEqual({ ...body, members: 1 });
  expect(body).toEqual({
    id: expect.stringMatching(/^rol_/),
    name: "Analyst",
    description: "",
    builtIn: false,
    permissions: ["tools.read", "audit.read"],
    members: 0,
  });
});

describe("a role of the team's own", () => {
  it("grants what it says from its members' next request on", async () => {
    const { body } = await make(owner, "Auditor", ["audit.read"]);
    const member = await owner.join("member");
    expect((await member.ask("/api/v1/audit")).status).toBe(403);
    await owner.ask(`/api/v1/members/${member.personId}`, {
      method: "PATCH",
      body: { role: body.id },
    });
    expect((await member.ask("/api/v1/me")).body).toMatchObject({
      role: "Auditor",
      permissions: ["audit.read"],
    });
    expect((await member.ask("/api/v1/tools")).status).toBe(403);
    expect(await change(owner, body.id, { permissions: ["tools.read"] })).toMatchObject({
      status: 200,
      body: { name: "Auditor", permissions: ["tools.read"], members: 1 },
    });
    expect((await member.ask("/api/v1/audit")).status).toBe(403);
    expect((await member.ask("/api/v1/tools")).status).toBe(200);
    expect(await actions()).toEqual(["role.update", "member.change", "role.create"]);
  });

  it("is made of nothing its maker lacks, and raises nobody", async () => {
    const admin = await owner.join("admin");
    expect((await make(admin, "Destroyer", ["team.delete"])).body.error).toMatchObject({
      code: "forbidden",
      details: { permissions: ["team.delete"] },
    });
    const id = await makeRole(owner, ["roles.manage", "members.read", "tools.read"]);
    const climber = await owner.join("member");
    await giveRole(climber, id);
    for (const granted of permissions.filter(
      (one) => !["roles.manage", "members.read", "tools.read"].includes(one),
    )) {
      expect((await change(climber, id, { permissions: [granted] })).status).toBe(403);
      expect((await make(climber, granted, [granted])).status).toBe(403);
    }
    const beyond = await makeRole(owner, ["audit.read"]);
    expect((await change(climber, beyond, { permissions: ["tools.read"] })).status).toBe(403);
    expect((await change(climber, beyond, { name: "Renamed" })).status).toBe(403);
    expect((await remove(climber, beyond)).status).toBe(403);
    expect((await make(climber, "Same", ["tools.read"])).status).toBe(201);
    expect((await climber.ask("/api/v1/me")).body.permissions).toHaveLength(3);
  });

  it.each(["Owner", "viewer", " ADMIN "])(
    "is not called as every team's role is (%s)",
    async (name) => {
      expect(await make(owner, name)).toMatchObject({ status: 409 });
      const { body } = await make(owner, "Fine");
      expect((await change(owner, body.id, { name })).status).toBe(409);
    },
  );

  it("has a name of its own in the team, however many ask for it at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => make(owner, n % 2 === 0 ? "Analyst" : "ANALYST")),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    expect(await own(owner)).toHaveLength(1);
    expect((await make(await createTeam(), "Analyst")).status).toBe(201);
    const { body } = await make(owner, "Other");
    expect((await change(owner, body.id, { name: "analyst" })).status).toBe(409);
    expect((await change(owner, body.id, { name: "OTHER" })).status).toBe(200);
  });

  it("is not deleted while a member or an open invitation has it", async () => {
    const { body: held } = await make(owner, "Held");
    const member = await owner.join("member");
    await giveRole(member, held.id);
    expect(await remove(owner, held.id)).toMatchObject({ status: 409 });
    await giveRole(member, "member");
    const { body: invited } = await owner.ask("/api/v1/invitations", {
      body: { email: "role@example.com", role: held.id },
    });
    expect(await remove(owner, held.id)).toMatchObject({ status: 409 });
    await owner.ask(`/api/v1/invitations/${invited.id}`, { method: "DELETE" });
    expect((await remove(owner, held.id)).status).toBe(204);
    expect((await remove(owner, held.id)).status).toBe(404);
    expect(await own(owner)).toEqual([]);
  });

  it("is either deleted or given when both are asked at once, never both", async () => {
    for (let n = 0; n < 5; n++) {
      const { body } = await make(owner, `Raced ${n}`);
      const member = await owner.join("member");
      const [gone] = await Promise.all([
        remove(owner, body.id),
        owner.ask(`/api/v1/members/${member.personId}`, {
          method: "PATCH",
          body: { role: body.id },
        }),
      ]);
      const role = await env.DB.prepare("SELECT role FROM members WHERE person_id = ?")
        .bind(member.personId)
        .first("role");
      expect(role).toBe(gone?.status === 204 ? "member" : body.id);
    }
  });

  it("of another team is as unknown as one that nobody has", async () => {
    const foreign = await makeRole(await createTeam(), ["tools.read"]);
    const unknown = "rol_00000000000000000000000000";
    for (const ask of [
      (id: string) => change(owner, id, { name: "Mine" }),
      (id: string) => remove(owner, id),
    ]) {
      const [theirs, nobodys] = [await ask(foreign), await ask(unknown)];
      expect(theirs.status).toBe(404);
      expect(theirs.body.error.message.replace(foreign, unknown)).toBe(nobodys.body.error.message);
    }
  });
});

it("changes none of the roles every team has", async () => {
  expect((await change(owner, "viewer", { permissions: ["tools.call"] })).status).toBe(409);
  expect((await remove(owner, "viewer")).status).toBe(409);
});

it.each([
  ["no permissions", { name: "Empty", permissions: [] }],
  ["an unknown permission", { name: "Odd", permissions: ["everything"] }],
  ["a team", { name: "Odd", permissions: ["tools.read"], teamId: "team_1" }],
])("is refused with %s", async (_, body) => {
  expect(await owner.ask("/api/v1/roles", { body })).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_input" } },
  });
});
