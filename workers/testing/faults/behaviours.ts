import { answers } from "./answers.ts";
import { echoes } from "./echoes.ts";
import { type Behaviour, sendJson } from "./exchange.ts";
import type { FaultName } from "./faults.ts";
import { floods } from "./floods.ts";
import { lists } from "./lists.ts";
import { statuses } from "./statuses.ts";
import { streams } from "./streams.ts";
import { transport } from "./transport.ts";

const right: Behaviour = (exchange) => sendJson(exchange, exchange.answer);

export const behaviours: Record<FaultName, Behaviour> = {
  healthy: right,
  // These four misbehave before a request can be read: see the ports in server.ts.
  connect_refused: right,
  connect_refused_on_call: right,
  tls_plaintext: right,
  tls_untrusted: right,
  ...statuses,
  ...transport,
  ...floods,
  ...answers,
  ...streams,
  ...lists,
  ...echoes,
};
