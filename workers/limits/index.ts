export { Attempts, type AttemptRule } from "./attempts.object";
export { bumpEpoch, type AccessChange, type Whose } from "./epoch";
export { limitHeaders } from "./headers";
export type { Limit, LimitState } from "./admission";
export type { Admission, ExecutionNote, Settlement } from "./gate.object";
export type { AuditLink } from "./audit-links";
export { TeamGate } from "./gate.object";
