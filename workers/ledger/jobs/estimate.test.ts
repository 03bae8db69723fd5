import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newId } from "../../../shared/ids";
import { estimate } from "./estimate";
import { newState, type Kept } from "./records";

const toolId = "tool_estimated";
const asked = { toolId } as Kept["asked"];
const running = (state: Partial<Kept["state"]>): Kept => ({
  id: newId("job"),
  status: "running",
  asked,
  state: { ...newState, attemptAt: 1000, ...state },
});

it("follows the tool's own progress, else what its last calls took, else says nothing", async () => {
  const ledger = env.TEAM_LEDGER.getByName(newId("team"));
  const found = await runInDurableObject(ledger, (_ledger, { storage: { sql } }) => {
    const none = estimate(sql, running({}));
    for (const [i, ms] of [900, 100, 300, 200, 5000].entries())
      sql.exec(
        `INSERT INTO executions (id, status, tool_id, connection_id, intent, outcome)
         VALUES (?, ?, ?, 'con_x', '{}', ?)`,
        newId("exe"),
        i === 4 ? "failed" : "succeeded",
        toolId,
        JSON.stringify({ durationMs: ms }),
      );
    return {
      none,
      history: estimate(sql, running({})),
      progress: estimate(sql, running({ progress: { progress: 1, total: 4, at: 3000 } })),
      noTotal: estimate(sql, running({ progress: { progress: 1, at: 3000 } })),
      beyond: estimate(sql, running({ progress: { progress: 5, total: 4, at: 3000 } })),
      absurd: estimate(sql, running({ progress: { progress: 1e-300, total: 1e300, at: 3000 } })),
      ended: estimate(sql, { ...running({}), status: "succeeded" }),
    };
  });
  expect(found).toEqual({
    none: null,
    history: { endsAt: 1200, basis: "history" },
    progress: { endsAt: 9000, basis: "progress" },
    noTotal: { endsAt: 1200, basis: "history" },
    beyond: { endsAt: 1200, basis: "history" },
    absurd: { endsAt: 1200, basis: "history" },
    ended: null,
  });
});
