import { expect, it } from "vitest";
import { connectServer, createTeam, toolNamed } from "../testing/team";

it("runs a tool and lists its execution within a second", async () => {
  const team = await createTeam();
  expect((await connectServer(team)).status).toBe(201);
  const echo = await toolNamed(team, "echo");
  const called = await team.ask(`/api/v1/tools/${echo.id}/call`, {
    body: { arguments: { message: "hi" } },
  });
  expect(called.body).toMatchObject({
    execution: { status: "succeeded" },
    result: { content: [{ type: "text", text: "Echo: hi" }] },
  });
  await expect
    .poll(async () => (await team.ask("/api/v1/executions")).body.items)
    .toMatchObject([{ id: called.body.execution.id, status: "succeeded", name: "echo" }]);
});
