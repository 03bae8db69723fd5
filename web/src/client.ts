import { hc } from "hono/client";
import type { Api } from "../../workers/api";

/** The hub's REST API, typed from its routes. `apiKey` is for programs; a page of the hub itself sends its session. */
export function createClient(origin: string, apiKey?: string) {
  return hc<Api>(
    origin,
    apiKey === undefined ? {} : { headers: { authorization: `Bearer ${apiKey}` } },
  );
}
