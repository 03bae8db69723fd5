import type { OAuthCodeMethod } from "../../../shared/catalogue/manifest";
import { isObject, type JsonObject } from "../../../shared/json";
import { keepsRules, textAt, valueAt } from "../../platform/json-pointer";
import { tokenFields, type SecretRecord } from "../auth/types";
import type { Answer } from "./send";

/** What a manifest says of a vendor's token answers. */
export type AnswerShape = Pick<
  OAuthCodeMethod,
  "successWhen" | "errorPointer" | "tokenPointers" | "refreshTokenPointers" | "expiry"
>;

const longestToken = 16 * 1024;
const longestLifeSeconds = 10 * 365 * 86_400;

/** A vendor's answer as an object; undefined for a page, a list, or what lies about its type. */
export function parseAnswer(answer: Pick<Answer, "type" | "text">): JsonObject | undefined {
  const document = parseDocument(answer);
  return isObject(document) ? document : undefined;
}

/** A vendor's answer by what it says it is: JSON of any kind, or a form. Undefined for a page and what is neither. */
export function parseDocument({ type, text }: Pick<Answer, "type" | "text">): unknown {
  if (type === "application/x-www-form-urlencoded") return parseForm(text);
  const mayBeJson =
    type === "" || type === "text/plain" || type === "text/javascript" || /[/+]json$/.test(type);
  if (!mayBeJson) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Older vendors name no type for a form.
    return type === "text/plain" || type === "" ? parseForm(text) : undefined;
  }
}

function parseForm(text: string): JsonObject | undefined {
  if (!/^[\w.%+-]+=/.test(text)) return undefined;
  return Object.fromEntries(new URLSearchParams(text));
}

/** What the vendor calls its error; undefined where it says nothing that reads as a code. */
export function errorOf(
  body: JsonObject | undefined,
  { errorPointer }: Pick<AnswerShape, "errorPointer">,
) {
  const said = [errorPointer, "/error", "/error/code", "/error/type", "/code"]
    .filter((pointer) => pointer !== undefined)
    .map((pointer) => valueAt(body, pointer));
  return said.find(
    (value): value is string => typeof value === "string" && /^\w{1,60}$/.test(value),
  );
}

/** Whether it says yes, as this vendor says it. A member `error` is a no from everybody. */
export const saysYes = (body: JsonObject, { successWhen }: AnswerShape): boolean =>
  keepsRules(body, successWhen) && (body["error"] === undefined || body["error"] === null);

export type Tokens = {
  accessToken: string;
  refreshToken: string | undefined;
  /** Where the token stood: what belongs to it stands beside it. */
  at: string;
};

/** The tokens of an answer; undefined where there is none that a request could carry. */
export function tokensOf(body: JsonObject, shape: AnswerShape): Tokens | undefined {
  const at = shape.tokenPointers.find((pointer) => isThere(body, pointer));
  const accessToken = at === undefined ? undefined : valueAt(body, at);
  if (at === undefined || !isToken(accessToken)) return undefined;
  const refreshAt = shape.refreshTokenPointers.find((pointer) => isThere(body, pointer));
  if (refreshAt === undefined) return { accessToken, refreshToken: undefined, at };
  const refreshToken = valueAt(body, refreshAt);
  return isToken(refreshToken) ? { accessToken, refreshToken, at } : undefined;
}

/** An empty one is none. */
const isThere = (body: JsonObject, pointer: string) =>
  ![undefined, null, ""].includes(valueAt(body, pointer) as undefined);

/** A token goes into a header: what HTTP does not carry there is none. */
const isToken = (value: unknown): value is string =>
  typeof value === "string" && value.length <= longestToken && /^[\x21-\x7e]+$/.test(value);

/** Milliseconds since the epoch; null where nobody says. Nonsense counts as nothing said. */
export function expiresAt(body: JsonObject, { expiry }: AnswerShape, now: number): number | null {
  switch (expiry.kind) {
    case "never":
    case "unknown":
      return null;
    case "fixed":
      return now + expiry.seconds * 1000;
    case "answer": {
      const said =
        expiry.pointer === undefined ? undefined : endOf(textAt(body, expiry.pointer), now);
      const end = said ?? endOf(textAt(body, "/expires_in"), now);
      if (end !== undefined) return end;
      return expiry.defaultSeconds === undefined ? null : now + expiry.defaultSeconds * 1000;
    }
  }
}

/** A count of seconds, a moment in seconds or milliseconds since the epoch, or a date. */
function endOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  const end = Number.isNaN(number)
    ? Date.parse(text)
    : number < 1e9
      ? now + number * 1000
      : number < 1e12
        ? number * 1000
        : number;
  if (!Number.isFinite(end) || end <= now) return undefined;
  return Math.min(Math.floor(end), now + longestLifeSeconds * 1000);
}

/** What is said of the scopes granted: beside the token, else at the top. Null where nothing is. */
export function scopesIn(body: JsonObject, at: string): string[] | null {
  const said = valueAt(body, at.replace(/[^/]*$/, "scope")) ?? body["scope"];
  const scopes =
    typeof said === "string"
      ? said.split(/[\s,]+/)
      : Array.isArray(said)
        ? (said as unknown[])
        : null;
  if (scopes === null) return null;
  return scopes
    .filter(
      (scope): scope is string => typeof scope === "string" && /^[\x21-\x7e]{1,300}$/.test(scope),
    )
    .slice(0, 200);
}

/** The new token among what is sealed: what the answer leaves out of the old one stays (RFC 6749, 6). */
export function withToken(record: SecretRecord, token: SecretRecord): SecretRecord {
  const stays = new Set(["refreshToken", "scope"]);
  const gone = new Set<string>(tokenFields.filter((name) => !stays.has(name)));
  const kept = Object.entries(record).filter(([name]) => !gone.has(name));
  return { ...Object.fromEntries(kept), ...token };
}
