export { Attempts, type AttemptRule } from "./attempts.object";
export { bumpEpoch } from "./epoch";
export { limitHeaders } from "./headers";
export type { Limit, LimitState } from "./admission";
export type { Admission, ExecutionNote, Settlement } from "./gate.object";
export { TeamGate } from "./gate.object";
