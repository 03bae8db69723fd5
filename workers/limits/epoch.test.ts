import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { connectServer, createTeam, toolNamed } from "../testing/team";

/** The objects of a binding, of whose next answers to `method` some are lost. */
function losing(binding: "TEAM_GATE" | "TEAM_LEDGER", method: string, times: number): Partial<Env> {
  let left = times;
  const getByName = (name: string) =>
    new Proxy(env[binding].getByName(name), {
      get: (stub, key) => {
        if (key === method && left-- > 0)
          return () => Promise.reject(new Error("Network connection lost."));
        return (...args: unknown[]) =>
          (stub as unknown as Record<PropertyKey, (...given: unknown[]) => unknown>)[key]?.(
            ...args,
          );
      },
    });
  return { [binding]: { getByName } };
}

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
