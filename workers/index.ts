import { api } from "./api";
import { scheduled } from "./crons";

export { ConnectionSession } from "./connections";
export { Attempts, TeamGate } from "./limits";
export { TeamLedger } from "./ledger";

export default { fetch: api.fetch, scheduled } satisfies ExportedHandler<Env>;
