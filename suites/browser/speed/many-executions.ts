import { newId } from "../../../shared/ids.ts";
import { callTool, waitUntil, ask, type HubProcess, type Tool } from "../../hub-process.ts";
import { changeStorage } from "../storage.ts";

type Row = Record<"status" | "tool_id" | "connection_id" | "intent" | "outcome", string>;

/** Calls every way once, stops the hub, and writes so many executions more into its ledger, a second apart. */
export async function addExecutions(hub: HubProcess, tools: Tool[], count: number): Promise<void> {
  const models = ["echo", "test_error_handling", "test_simple_text"];
  for (const name of models) {
    const tool = tools.find((one) => one.name === name);
    if (tool) await callTool(hub, "rest", { tool, args: { message: "one of many" } });
  }
  const recorded = async () => (await ask(hub, "/api/v1/executions")).body.items.length as number;
  await waitUntil(async () => (await recorded()) === models.length, 5000);
  await hub.stop();
  changeStorage(hub, "executions", (ledger) => {
    const rows = ledger.prepare("SELECT * FROM executions").all() as Row[];
    const execution = ledger.prepare(
      "INSERT INTO executions VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)",
    );
    const event = ledger.prepare(
      "INSERT INTO events (execution_id, at, type, data) VALUES (?, ?, ?, ?)",
    );
    ledger.exec("BEGIN");
    const now = Date.now();
    for (let n = 0; n < count; n++) {
      const model = rows[n % rows.length] as Row;
      const at = now - (count - n) * 1000;
      const id = newId("exe", at);
      const intent = { ...JSON.parse(model.intent), startedAt: at };
      const outcome = { ...JSON.parse(model.outcome), finishedAt: at + 12 };
      execution.run(
        id,
        model.status,
        model.tool_id,
        model.connection_id,
        JSON.stringify(intent),
        JSON.stringify(outcome),
      );
      event.run(id, at, "started", "{}");
      event.run(id, at + 12, "finished", JSON.stringify({ status: model.status, durationMs: 12 }));
    }
    ledger.exec("COMMIT");
  });
}
