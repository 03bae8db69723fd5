export type Answer = { status: number; headers: Headers; body: any };
export type Hub = { url: string; ask: (path: string, init?: Ask) => Promise<Answer> };
type Ask = { body?: unknown; headers?: Record<string, string> };

const longestWaitSeconds = 20;

export function hubNamed(): Hub {
  const { HUB_URL: named = "http://localhost:8787", HUB_KEY: key = "" } = process.env;
  if (key === "") throw new Error("HUB_KEY is not set. Set it to an API key of the hub.");
  const url = named.replace(/\/$/, "");
  return { url, ask: (path, init = {}) => ask(`${url}${path}`, key, init) };
}

/** One request, sent again where the hub says when. */
async function ask(url: string, key: string, { body, headers }: Ask): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const wait = Number(response.headers.get("retry-after") ?? Number.NaN);
    const text = await response.text();
    const later = response.status === 429 || response.status === 503;
    if (!later || !(wait <= longestWaitSeconds) || tries === 3)
      return { status: response.status, headers: response.headers, body: jsonOf(text) };
    await new Promise((wake) => setTimeout(wake, wait * 1000));
  }
}

/** The JSON of an answer, or of the last event of a stream. */
function jsonOf(text: string): unknown {
  const data = /^(?:event|data|id|retry|:)/.test(text)
    ? (text.match(/^data:.*$/gm)?.at(-1) ?? "").slice(5)
    : text;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

/** What the hub says went wrong, for people: over REST, or as an MCP server. */
export function refusalOf({ status, body }: Answer): string {
  const { code = "", message = "", data } = body?.error ?? {};
  const told = body?.result?._meta?.["io.plugboard/error"]?.code ?? data?.code ?? code;
  const text = body?.result?.content?.[0]?.text ?? message;
  return `${status} ${told} ${text}`.trim();
}
