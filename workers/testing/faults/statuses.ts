import { type Behaviour, send } from "./exchange.ts";

const status =
  (code: number, headers: () => Record<string, string> = () => ({})): Behaviour =>
  (exchange) =>
    send(exchange, `The fault upstream answers ${code}.`, {
      status: code,
      type: "text/plain",
      headers: headers(),
    });

const retryAfter = (value: string) => () => ({ "retry-after": value });

export const statuses = {
  status_400: status(400),
  status_401: status(401, () => ({ "www-authenticate": 'Bearer error="invalid_token"' })),
  status_403: status(403, () => ({
    "www-authenticate": 'Bearer error="insufficient_scope", scope="probe"',
  })),
  status_404: status(404),
  status_408: status(408, () => ({ connection: "close" })),
  status_409: status(409),
  status_410: status(410),
  status_413: status(413),
  status_429: status(429),
  status_429_seconds: status(429, retryAfter("2")),
  status_429_date: status(429, () => ({
    "retry-after": new Date(Date.now() + 2000).toUTCString(),
  })),
  status_429_past: status(429, retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")),
  status_429_absurd: status(429, retryAfter("31556952000")),
  status_429_garbage: status(429, retryAfter("soon, perhaps")),
  status_500: status(500),
  status_502: status(502),
  status_503: status(503),
  status_503_seconds: status(503, retryAfter("2")),
  status_504: status(504),
} satisfies Record<string, Behaviour>;
