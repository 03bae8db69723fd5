export { TeamLedger, type ExecutionFilter } from "./ledger.object";
export type { Intent, Outcome } from "./records";
