export { TeamLedger } from "./ledger.object";
export type { CredentialUse } from "./credential-uses";
export { lastCalls, lastUses } from "./last-uses";
export type { Intent, Outcome } from "./records";
export type { Viewer } from "./viewers";
