import { describe, expect, it } from "vitest";
import { losing } from "../testing/losing";
import { connectServer, createTeam, toolNamed } from "../testing/team";

describe("a change of who may do what", () => {
  it.each([
    ["TEAM_GATE", "bump"],
    ["TEAM_LEDGER", "cutOff"],
  ] as const)("holds though %s.%s fails at first", async (binding, method) => {
    const team = await createTeam();
    const other = await team.join("member");
    await connectServer(team);
    const { id } = await toolNamed(team, "echo");
    const call = () =>
      other.ask(`/api/v1/tools/${id}/call`, { body: { arguments: { message: "hi" } } });
    expect((await call()).status).toBe(200);
    const revoked = await team.ask(`/api/v1/api-keys/${other.keyId}`, {
      method: "DELETE",
      env: losing(binding, method, 2),
    });
    expect(revoked.status).toBe(204);
    expect((await call()).status).toBe(401);
  });
});
