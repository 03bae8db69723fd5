/** A request as a vendor sees it. */
export type Asked = {
  method: string;
  /** The host it was meant for, where the network was turned to this machine. */
  host: string | null;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
};

export type Reply = {
  status: number;
  headers?: Record<string, string>;
  body: string;
  /** What goes wrong on the wire. */
  wire?: "lost" | "truncated" | "hang" | "hang-in-body" | "huge";
};

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** A request was not as this vendor wants it; `complaint` is for the log, `error` for the wire. */
export class Refusal extends Error {
  readonly error: string;
  readonly status: number;
  constructor(error: string, complaint: string, status = 400) {
    super(complaint);
    this.error = error;
    this.status = status;
  }
}

export function isAt(asked: Asked, at: string): boolean {
  if (!at.startsWith("https://")) return asked.path === at;
  const url = new URL(at);
  return asked.host === url.host && decodeURI(asked.path) === decodeURI(url.pathname);
}

/** The parameters of a body, as strings; a JSON member that is none is written as JSON. */
export function paramsOf(asked: Asked, style: "form" | "json"): Map<string, string> {
  const type = (asked.headers["content-type"] ?? "").split(";")[0]?.trim();
  const wanted = style === "form" ? "application/x-www-form-urlencoded" : "application/json";
  if (type !== wanted)
    throw new Refusal("invalid_request", `The body is ${type || "of no type"}, not ${wanted}.`);
  if (style === "form") {
    const params = new Map<string, string>();
    for (const [name, value] of new URLSearchParams(asked.body)) {
      if (params.has(name)) throw new Refusal("invalid_request", `${name} is there twice.`);
      params.set(name, value);
    }
    return params;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(asked.body);
  } catch {
    throw new Refusal("invalid_request", "The body is no JSON.");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new Refusal("invalid_request", "The body is no JSON object.");
  return new Map(
    Object.entries(parsed).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

export function requireParams(
  got: { get(name: string): string | null | undefined },
  wanted: Record<string, string>,
): void {
  for (const [name, value] of Object.entries(wanted)) {
    const sent = got.get(name);
    if (sent !== value)
      throw new Refusal(
        "invalid_request",
        `${name} is ${sent === null || sent === undefined ? "missing" : JSON.stringify(sent)}, not ${JSON.stringify(value)}.`,
      );
  }
}

export function requireHeaders(asked: Asked, wanted: Record<string, string>): void {
  requireParams({ get: (name) => asked.headers[name.toLowerCase()] }, wanted);
}

/** Writes a value where a JSON Pointer says. */
export function put(target: Record<string, unknown>, pointer: string, value: unknown): void {
  const names = pointer.split("/").slice(1);
  const last = names.pop();
  if (last === undefined) return;
  let at: any = target;
  for (const name of names) at = at[name] ??= {};
  at[last] = value;
}
