import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { createTeam } from "../testing/team";

it("what fails after the answer was given is in the log, with the request it belongs to", async () => {
  const team = await createTeam();
  const member = await team.join("member");
  // What they leave behind is looked for in the background.
  const prepare = (query: string) => {
    if (query.includes('from "connections"') && query.includes("NOT EXISTS"))
      throw new Error("The registry is away.");
    return env.DB.prepare(query);
  };
  const DB = { prepare, batch: env.DB.batch.bind(env.DB) } as unknown as D1Database;
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const path = `/api/v1/members/${member.personId}`;
  const { status, headers } = await team.ask(path, { method: "DELETE", env: { DB } });
  expect(status).toBe(204);
  const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);
  expect(lines).toContainEqual({
    level: "error",
    event: "background.failed",
    requestId: headers.get("x-request-id"),
    error: expect.stringContaining("The registry is away."),
  });
});
