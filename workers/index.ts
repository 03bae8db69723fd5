import { api } from "./api";

export { Attempts, TeamGate } from "./limits";
export { TeamLedger } from "./ledger";

export default { fetch: api.fetch } satisfies ExportedHandler<Env>;
