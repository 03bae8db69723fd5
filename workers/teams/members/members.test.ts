import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../../shared/roles";
import { emailOf, giveRole, makeRole } from "../../testing/people";
import {
  askHub,
  connectServer,
  createTeam,
  signIn,
  toolNamed,
  type TestTeam,
} from "../../testing/team";

let owner: TestTeam;
beforeEach(async () => {
  owner = await createTeam();
});

const give = (by: TestTeam, who: TestTeam, role: string) =>
  by.ask(`/api/v1/members/${who.personId}`, { method: "PATCH", body: { role } });
const remove = (by: TestTeam, who: TestTeam) =>
  by.ask(`/api/v1/members/${who.personId}`, { method: "DELETE" });
const roleOf = async (who: TestTeam) =>
  env.DB.prepare("SELECT role FROM members WHERE team_id = ? AND person_id = ?")
    .bind(who.id, who.personId)
    .first<string>("role");
const ownersOf = async ({ id }: TestTeam) =>
  env.DB.prepare("SELECT count(*) AS owners FROM members WHERE team_id = ? AND role = 'owner'")
    .bind(id)
    .first("owners");
const entriesOf = async ({ id }: TestTeam, action: string) =>
  (
    await env.DB.prepare("SELECT * FROM audit_entries WHERE team_id = ? AND action = ?")
      .bind(id, action)
      .all()
  ).results;
const statuses = (answers: { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);

describe("the list of members", () => {
  it("says who belongs to the team and as what, page by page, and finds them by name and email", async () => {
    const viewer = await owner.join("viewer");
    const analyst = await owner.join("member");
    await giveRole(analyst, await makeRole(owner, ["tools.read"]));
    await createTeam();
    const first = await viewer.ask("/api/v1/members?limit=2");
    expect(first.body.items).toHaveLength(2);
    const rest = await viewer.ask(`/api/v1/members?limit=2&cursor=${first.body.nextCursor}`);
    const all = [...first.body.items, ...rest.body.items];
    expect(rest.body.nextCursor).toBeNull();
    expect(new Set(all.map(({ id }) => id))).toEqual(
      new Set([owner, viewer, analyst].map(({ personId }) => personId)),
    );
    expect(all.find(({ id }) => id === viewer.personId)).toEqual({
      id: viewer.personId,
      name: "Somebody",
      email: emailOf(viewer),
      role: "viewer",
      roleName: "viewer",
      createdAt: expect.any(Number),
      secondFactor: false,
      lastSeenAt: null,
      you: true,
    });
    const found = await owner.ask(
      `/api/v1/members?query=somebody%20${encodeURIComponent(emailOf(analyst).toUpperCase())}`,
    );
    expect(found.body.items).toMatchObject([
      { id: analyst.personId, roleName: expect.stringMatching(/^rol_/) },
    ]);
  });
});

describe("a member's role", () => {
  it("holds from their next request on, and leaves an entry", async () => {
    const member = await owner.join("member");
    await connectServer(owner);
    const { id } = await toolNamed(owner, "echo");
    const call = () =>
      member.ask(`/api/v1/tools/${id}/call`, { body: { arguments: { message: "hi" } } });
    expect((await call()).status).toBe(200);
    expect(await give(owner, member, "viewer")).toMatchObject({
      status: 200,
      body: { id: member.personId, role: "viewer", roleName: "viewer", you: false },
    });
    expect(await call()).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
    expect(await entriesOf(owner, "member.change")).toMatchObject([
      {
        subject_id: member.personId,
        before: JSON.stringify({ role: "member", roleName: "member" }),
        after: JSON.stringify({ role: "viewer", roleName: "viewer" }),
      },
    ]);
  });

  it.each<[string, Role, Role, string]>([
    ["an admin make an owner", "admin", "member", "owner"],
    ["an admin make themselves an owner", "admin", "admin", "owner"],
    ["an admin demote an owner", "admin", "owner", "viewer"],
  ])("does not let %s", async (_, as, target, role) => {
    const admin = await owner.join(as);
    const other =
      target === "admin" ? admin : target === "owner" ? owner : await owner.join(target);
    await owner.join("owner");
    expect(await give(admin, other, role)).toMatchObject({
      status: 403,
      body: { error: { code: "forbidden" } },
    });
    expect(await roleOf(other)).toBe(target);
  });

  it("is given by nobody who has less than it, by a role or by a key", async () => {
    const clerk = await owner.join("member");
    await giveRole(clerk, await makeRole(owner, ["members.read", "members.manage", "tools.read"]));
    const viewer = await owner.join("viewer");
    const narrow = await makeRole(owner, ["tools.read"]);
    const wide = await makeRole(owner, ["tools.read", "audit.read"]);
    for (const role of ["admin", "member", "viewer", wide])
      for (const who of [clerk, viewer]) expect((await give(clerk, who, role)).status).toBe(403);
    await giveRole(viewer, narrow);
    expect((await give(clerk, viewer, wide)).status).toBe(403);
    const member = await owner.join("member");
    expect((await give(clerk, member, narrow)).status).toBe(403);
    expect((await remove(clerk, member)).status).toBe(403);
    await env.DB.prepare("UPDATE api_keys SET scopes = ? WHERE id = ?")
      .bind(JSON.stringify(["members.manage", "tools.read"]), owner.keyId)
      .run();
    await env.TEAM_GATE.getByName(owner.id).bump();
    expect((await give(owner, viewer, "admin")).body.error).toMatchObject({
      code: "forbidden",
      details: { permissions: expect.arrayContaining(["connections.write"]) },
    });
    expect((await give(owner, viewer, narrow)).status).toBe(200);
  });

  it.each(["superuser", "rol_00000000000000000000000000", "__proto__", "constructor"])(
    "is none that the team does not have (%s)",
    async (role) => {
      const member = await owner.join("member");
      expect((await give(owner, member, role)).body.error).toMatchObject({
        code: "invalid_input",
        details: { field: "body.role" },
      });
      expect(await roleOf(member)).toBe("member");
    },
  );

  it("of another team is as unknown as one that nobody has", async () => {
    const member = await owner.join("member");
    const foreign = await makeRole(await createTeam(), ["tools.read"]);
    const unknown = "rol_00000000000000000000000000";
    const [theirs, nobodys] = [
      await give(owner, member, foreign),
      await give(owner, member, unknown),
    ];
    expect(theirs.body.error.message.replace(foreign, unknown)).toBe(nobodys.body.error.message);
  });
});

describe("the last owner", () => {
  it("cannot be demoted, be removed or leave", async () => {
    const headers = await signIn(owner);
    const leave = await askHub(`/api/v1/members/${owner.personId}`, { method: "DELETE", headers });
    for (const answer of [leave, await give(owner, owner, "admin"), await remove(owner, owner)])
      expect(answer).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
    expect(leave.body.error.message).toContain("last owner");
    expect(await entriesOf(owner, "member.leave")).toEqual([]);
    await giveRole(await owner.join("member"), "owner");
    expect((await remove(owner, owner)).status).toBe(204);
  });

  it("stays one when two owners demote each other twenty times at once", async () => {
    const other = await owner.join("owner");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0 ? give(owner, other, "viewer") : give(other, owner, "viewer"),
      ),
    );
    expect(await ownersOf(owner)).toBe(1);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect(await entriesOf(owner, "member.change")).toHaveLength(1);
  });

  it("stays one when twenty owners leave at once", async () => {
    const owners = [owner];
    while (owners.length < 20) owners.push(await owner.join("owner"));
    const answers = await Promise.all(owners.map((one) => remove(one, one)));
    expect(await ownersOf(owner)).toBe(1);
    expect(statuses(answers).filter((status) => status === 204)).toHaveLength(19);
    expect(await entriesOf(owner, "member.leave")).toHaveLength(19);
  });
});

describe("a removed member", () => {
  it("has nothing left of the team, and is refused at once, everywhere", async () => {
    await connectServer(owner);
    const { id: tool } = await toolNamed(owner, "echo");
    const { body: connection } = await owner.ask("/api/v1/connections/fixture");
    const member = await owner.join("member");
    const session = await signIn(member);
    const granted = ["gra_1", member.id, member.personId].join();
    await env.DB.prepare(
      "INSERT INTO client_grants (id, team_id, person_id, client_id, client_name, redirect_host, resource, scopes, created_at) VALUES (?, ?, ?, 'c', 'c', 'h', 'r', '[]', 1)",
    )
      .bind(granted, member.id, member.personId)
      .run();
    await owner.ask(`/api/v1/connections/${connection.id}/access`, {
      method: "PUT",
      body: { restricted: true, roles: [], people: [member.personId], needsSecondFactor: false },
    });
    const rpc = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
    const ways = [
      () => member.ask("/api/v1/me"),
      () => member.ask("/mcp", { body: rpc }),
      () => member.ask(`/api/v1/tools/${tool}/call`, { body: { arguments: { message: "hi" } } }),
    ];
    for (const ask of ways) expect((await ask()).status).toBe(200);
    expect((await askHub("/api/v1/me", { headers: session })).status).toBe(200);

    expect((await remove(owner, member)).status).toBe(204);
    for (const ask of ways) expect((await ask()).status).toBe(401);
    expect(await askHub("/api/v1/me", { headers: session })).toMatchObject({
      status: 403,
      body: { error: { code: "no_team" } },
    });
    expect(await roleOf(member)).toBeNull();
    const left = (sql: string) => env.DB.prepare(sql).bind(member.personId).first("n");
    expect(
      await left("SELECT count(*) AS n FROM api_keys WHERE person_id = ? AND revoked_at IS NULL"),
    ).toBe(0);
    expect(
      await left(
        "SELECT count(*) AS n FROM client_grants WHERE person_id = ? AND revoked_at IS NULL",
      ),
    ).toBe(0);
    expect(await left("SELECT count(*) AS n FROM connection_access WHERE subject_id = ?")).toBe(0);
    expect(await entriesOf(owner, "member.remove")).toMatchObject([
      { subject_id: member.personId },
    ]);
    // What named nobody but them stays closed.
    const stays = await owner.join("member");
    expect((await stays.ask("/api/v1/connections/fixture")).status).toBe(404);
  });

  it("goes on in another team of theirs, with what they may do there", async () => {
    const member = await owner.join("member");
    const session = await signIn(member);
    const elsewhere = await createTeam();
    await env.DB.prepare("INSERT INTO members VALUES (?, ?, 'viewer', 1)")
      .bind(elsewhere.id, member.personId)
      .run();
    const me = () => askHub("/api/v1/me", { headers: session });
    expect((await me()).body.team.id).toBe(owner.id);
    // So that the epochs of both differ, whichever was changed more often.
    for (let n = 0; n < 5; n++) await env.TEAM_GATE.getByName(elsewhere.id).bump();
    await remove(owner, member);
    expect((await me()).body).toMatchObject({ team: { id: elsewhere.id }, role: "viewer" });
    await giveRole({ ...elsewhere, personId: member.personId }, "admin");
    expect((await me()).body.role).toBe("admin");
  });

  it("can be oneself, in a browser, without a permission", async () => {
    const viewer = await owner.join("viewer");
    expect((await remove(viewer, viewer)).body.error.code).toBe("forbidden");
    const headers = await signIn(viewer);
    const path = `/api/v1/members/${viewer.personId}`;
    expect((await askHub(path, { method: "DELETE", headers })).status).toBe(204);
    expect((await viewer.ask("/api/v1/me")).status).toBe(401);
    expect(await entriesOf(owner, "member.leave")).toMatchObject([{ actor_id: viewer.personId }]);
  });

  it("is unknown afterwards, as is one of another team", async () => {
    const [stranger, gone] = [await createTeam(), await owner.join("member")];
    await remove(owner, gone);
    for (const who of [stranger, gone])
      for (const answer of [await remove(owner, who), await give(owner, who, "viewer")])
        expect(answer.body.error).toMatchObject({
          code: "not_found",
          message: expect.stringContaining(`There is no member "${who.personId}"`),
        });
    expect(await roleOf(stranger)).toBe("owner");
  });
});
