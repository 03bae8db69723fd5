import { api } from "./api";
import { scheduled } from "./crons";
import { queue } from "./queues";

export { ConnectionSession } from "./connections";
export { JobRunner } from "./executions";
export { Attempts, TeamGate } from "./limits";
export { TeamLedger } from "./ledger";

export default { fetch: api.fetch, queue, scheduled } satisfies ExportedHandler<Env>;
