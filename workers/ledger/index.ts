export { TeamLedger } from "./ledger.object";
export type { Intent, Outcome } from "./records";
