import { hc, type ClientResponse } from "hono/client";
import type { Api } from "../../workers/api";
import type { ErrorBody } from "../../shared/contracts/errors";
import type { ErrorCode } from "../../shared/errors";
import { fetchWithFactor } from "./account/step-up";

/** The hub's REST API, typed from its routes. `apiKey` is for programs; a page of the hub itself sends its session. */
export function createClient(origin: string, apiKey?: string) {
  return hc<Api>(
    origin,
    apiKey === undefined
      ? { fetch: fetchWithFactor }
      : { headers: { authorization: `Bearer ${apiKey}` } },
  );
}

/** The hub refused, and says why: `message` is for people and names the next step. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly requestId: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, { error }: ErrorBody) {
    super(error.message);
    this.code = error.code;
    this.status = status;
    this.requestId = error.requestId;
    this.details = error.details ?? {};
  }
}

/** The hub was not reached at all. */
export class NetworkError extends Error {
  override name = "NetworkError";
}

type Answered<Response> =
  Response extends ClientResponse<infer Body, infer Status, infer _Format>
    ? Status extends 200 | 201
      ? Body
      : never
    : never;

/** The body of a good answer. Throws `ApiError` for a refusal and `NetworkError` where there was no answer. */
export async function answer<Response extends ClientResponse<unknown>>(
  request: Promise<Response>,
): Promise<Answered<Response>> {
  const response = await reach(request);
  if (response.ok) return (await response.json()) as Answered<Response>;
  throw await refusal(response);
}

/** The same for an answer without a body. */
export async function done(request: Promise<ClientResponse<unknown>>): Promise<void> {
  const response = await reach(request);
  if (!response.ok) throw await refusal(response);
}

/** One request to a path below `/api`. An answer without a body is null. */
export async function call<Body = unknown>(
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  {
    json,
    signal,
    idempotencyKey,
  }: { json?: unknown; signal?: AbortSignal; idempotencyKey?: string } = {},
): Promise<Body> {
  const response = await reach(
    fetchWithFactor(`/api/${path}`, {
      method,
      headers: {
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
  if (!response.ok) throw await refusal(response);
  const text = await response.text();
  return (text === "" ? null : JSON.parse(text)) as Body;
}

async function reach<Response>(request: Promise<Response>): Promise<Response> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new NetworkError("The hub could not be reached.", { cause: error });
  }
}

/** What a refusal says, also where it comes from a proxy on the way and not from the hub. */
export async function refusal(response: {
  status: number;
  json: () => Promise<unknown>;
}): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  if (body?.error?.code !== undefined) return new ApiError(response.status, body);
  return new ApiError(response.status, {
    error: {
      code: response.status === 401 ? "unauthorized" : "unavailable",
      message: `The hub answered with status ${response.status} and nothing to read. Try again in a moment.`,
      requestId: "",
    },
  });
}

/** The API as the signed-in reader of this page. */
export const api = createClient(typeof location === "undefined" ? "" : location.origin).api;

/** What every query of pages has in common: the next is asked for by cursor, the first without one. */
export const byCursor = {
  initialPageParam: "",
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor,
};

export const cursorOf = (cursor: string): { cursor?: string } => (cursor === "" ? {} : { cursor });
