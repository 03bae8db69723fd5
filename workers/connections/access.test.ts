import { describe, expect, it } from "vitest";
import { newId } from "../../shared/ids";
import type { Role } from "../../shared/roles";
import {
  connectServer,
  createTeam,
  toolNamed,
  type TestRequest,
  type TestTeam,
} from "../testing/team";

const verbs: [verb: string, path: string, init: TestRequest][] = [
  ["read", "", {}],
  ["rename", "", { method: "PATCH", body: { name: "Stolen" } }],
  ["move", "", { method: "PATCH", body: { config: { url: "https://10.0.0.1/" } } }],
  ["disable", "", { method: "PATCH", body: { disabled: true } }],
  ["test", "/test", { method: "POST" }],
  ["sync", "/sync", { method: "POST" }],
  ["delete", "", { method: "DELETE" }],
];
const toolVerbs: [verb: string, path: string, init: TestRequest][] = [
  ["read", "", {}],
  ["set the limit of", "", { method: "PATCH", body: { timeoutMs: 5000 } }],
  ["accept", "/accept", { body: { hash: "0".repeat(64) } }],
  ["call", "/call", { body: { arguments: { message: "hi" } } }],
];

/** An answer without what names the request or the thing asked for. */
async function answer(
  team: TestTeam,
  path: string,
  { named, init }: { named: string; init: TestRequest },
) {
  const { status, text, headers } = await team.ask(path.replace("{id}", named), init);
  const { requestId: _, ...error } = JSON.parse(text.replaceAll(named, "{id}")).error;
  return { status, error, type: headers.get("content-type") };
}

describe("another team's connection", () => {
  it.each(verbs)(
    "to %s is answered exactly as one that does not exist",
    async (_verb, path, init) => {
      const [team, stranger] = [await createTeam(), await createTeam()];
      const { body } = await connectServer(team, { name: "Private" });
      const at = `/api/v1/connections/{id}${path}`;
      const unknown = await answer(stranger, at, { named: "con_00000000000000000000000000", init });
      expect(unknown.status).toBe(404);
      expect(await answer(stranger, at, { named: body.id, init })).toEqual(unknown);
      expect(await answer(stranger, at, { named: body.slug, init })).toEqual(unknown);
      expect((await team.ask(`/api/v1/connections/${body.id}`)).body).toEqual(body);
    },
  );

  it("is in no list, whatever the cursor or filter", async () => {
    const [team, stranger] = [await createTeam(), await createTeam()];
    const { body } = await connectServer(team, { name: "Private" });
    for (const path of [
      `connections?cursor=${newId("con", 0)}`,
      "connections",
      `tools?connection=${body.id}`,
      "tools?connection=private",
      "tools?query=echo",
      "audit",
    ])
      expect((await stranger.ask(`/api/v1/${path}`)).body).toMatchObject({
        items: [],
        nextCursor: null,
      });
  });
});

it.each(toolVerbs)(
  "another team's tool to %s is answered exactly as one that does not exist",
  async (_verb, path, init) => {
    const [team, stranger] = [await createTeam(), await createTeam()];
    await connectServer(team);
    const { id } = await toolNamed(team, "echo");
    const at = `/api/v1/tools/{id}${path}`;
    const unknown = await answer(stranger, at, { named: "tool_00000000000000000000000000", init });
    expect(unknown.status).toBe(404);
    expect(await answer(stranger, at, { named: id, init })).toEqual(unknown);
  },
);

describe("a role", () => {
  const readers: Role[] = ["viewer", "member", "operator"];
  it.each(readers)("%s may look at what is the team's and not change it", async (role) => {
    const owner = await createTeam();
    const { body } = await connectServer(owner);
    const tool = await toolNamed(owner, "echo");
    const person = await owner.join(role);
    expect((await person.ask(`/api/v1/connections/${body.id}`)).body).toEqual(body);
    expect((await person.ask("/api/v1/tools")).status).toBe(200);
    const refused = { code: "forbidden", details: { permission: "connections.write" } };
    for (const [verb, path, init] of verbs.slice(1))
      for (const [id, error] of [
        [body.id, refused],
        // Who may have connections of their own could have this one.
        ["con_none", role === "viewer" ? refused : { code: "not_found" }],
      ])
        expect(
          (await person.ask(`/api/v1/connections/${id}${path}`, init)).body.error,
          verb,
        ).toMatchObject(error);
    for (const [verb, path, init] of toolVerbs.slice(1, 3))
      expect(
        (await person.ask(`/api/v1/tools/${tool.id}${path}`, init)).body.error,
        verb,
      ).toMatchObject({
        code: "forbidden",
        details: { permission: "tools.write" },
      });
    expect((await owner.ask(`/api/v1/connections/${body.id}`)).body).toEqual(body);
  });

  it("admin may change what an owner may", async () => {
    const admin = await (await createTeam()).join("admin");
    const { body } = await connectServer(admin);
    for (const [verb, path, init] of verbs.filter(([name]) => name !== "move"))
      expect(
        (await admin.ask(`/api/v1/connections/${body.id}${path}`, init)).status,
        verb,
      ).toBeLessThan(410);
    expect((await admin.ask(`/api/v1/connections/${body.id}`)).status).toBe(404);
  });
});
