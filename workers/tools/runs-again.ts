import type { Tool } from "../../shared/contracts/tools";
import { isObject } from "../connectors";

/** Whether a call may be sent a second time: as the team says, else by the server's own hints (MCP tool annotations). */
export function runsAgain(row: {
  runsAgain: boolean | null;
  definition: Record<string, unknown>;
}): Tool["runsAgain"] {
  if (row.runsAgain !== null) return { safe: row.runsAgain, from: "team" };
  const { annotations } = row.definition;
  const hints = isObject(annotations) ? annotations : {};
  const safe = hints["readOnlyHint"] === true || hints["idempotentHint"] === true;
  return { safe, from: "hints" };
}
