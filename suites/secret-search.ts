// Secrets of every kind a connection can hold, and the search for them in every form they can come back in.
import { randomBytes } from "node:crypto";

/** The secrets, in all their forms, and where they were found. */
export class Search {
  planted = 0;
  answers = 0;
  bytes = 0;
  readonly #needles: { kind: string; form: string; needle: Buffer }[] = [];
  readonly #hits = new Map<string, { forms: Set<string>; places: Set<string> }>();

  get forms(): number {
    return this.#needles.length;
  }

  plant(kind: string, secret: string): void {
    this.planted++;
    for (const [form, needle] of formsOf(secret))
      this.#needles.push({ kind, form, needle: Buffer.from(needle) });
  }

  in(place: string, haystack: string | Buffer): void {
    const bytes = typeof haystack === "string" ? Buffer.from(haystack) : haystack;
    this.bytes += bytes.length;
    for (const { kind, form, needle } of this.#needles)
      if (bytes.includes(needle)) this.hit(kind, form, place);
  }

  hit(kind: string, form: string, place: string): void {
    const hit = this.#hits.get(kind) ?? { forms: new Set(), places: new Set() };
    this.#hits.set(kind, hit);
    hit.forms.add(form);
    hit.places.add(place);
  }

  sentences(): string[] {
    return [...this.#hits].map(([kind, { forms, places }]) => {
      const [first, ...others] = places;
      return `${kind} (${[...forms].join(", ")}) stands in ${first}${others.length === 0 ? "" : ` and ${others.length} other places`}`;
    });
  }
}

function formsOf(secret: string): Map<string, string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const bytes = Buffer.from(secret);
  const forms = new Map([
    ["raw", secret],
    ["JSON-escaped", json],
    ["JSON-escaped twice", JSON.stringify(json).slice(1, -1)],
    ["URL-encoded", encodeURIComponent(secret)],
    ["form-encoded", new URLSearchParams({ "": secret }).toString().slice(1)],
    [
      "HTML-escaped",
      secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    ],
    ["hex", bytes.toString("hex")],
    ["hex in capitals", bytes.toString("hex").toUpperCase()],
  ]);
  for (const offset of [0, 1, 2]) {
    // Within a longer text a secret begins at any of three places; what it shares with its neighbours is left out.
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const core = encoded.slice(
      offset === 0 ? 0 : offset + 1,
      Math.floor(((bytes.length + offset) * 8) / 6),
    );
    if (core.length < 8) continue;
    forms.set(`base64 at ${offset}`, core);
    forms.set(`base64url at ${offset}`, core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  if (secret.length > 12) forms.set("its first 12 characters", secret.slice(0, 12));
  // A form that changes nothing would count one find twice.
  return new Map([...forms].filter(([form, needle]) => form === "raw" || needle !== secret));
}

export type Headers = Record<string, string>;

const random = (length: number) =>
  randomBytes(length).toString("base64").replaceAll(/[+/=]/g, "x").slice(0, length);

/** Sets of headers, each with secrets of its own. */
export function wardrobe(search: Search): Headers[] {
  const secret = (kind: string, value: string) => {
    search.plant(kind, value);
    return value;
  };
  const password = secret("the password of Basic", random(20));
  const basic = Buffer.from(`somebody:${password}`).toString("base64");
  return [
    {
      authorization: `Bearer ${secret("a bearer token", `${random(60)}.${random(120)}.${random(86)}`)}`,
      "x-api-key": secret("an API key", random(32)),
      cookie: `sid=${secret("a cookie", random(24))}; theme=dark; csrf=${secret("a second cookie", random(16))}`,
      "x-auth-token": secret("a short token", random(8)),
      "x-session-token": secret("the shortest token", random(6)),
      "api-token": secret("a token with quotes", `${random(12)}"b\\c/'${random(8)}`),
      "x-token": secret("a token with URL signs", `${random(12)}%20&x=${random(8)} +#end`),
      "x-signature": secret("a signature in base64", randomBytes(31).toString("base64")),
      "x-tenant-code": secret("a value under a plain name", random(40)),
      "x-key-long": secret("a key of 2,000 characters", random(2000)),
      "x-html-key": secret("a key with markup", `${random(12)}<b>&amp;${random(8)}</b>`),
    },
    {
      authorization: `Basic ${secret("the pair of Basic", basic)}`,
      "x-authorization": `Digest username="somebody", response="${secret("a digest", randomBytes(16).toString("hex"))}"`,
      "x-vault-token": secret("a token with a dot", `${random(20)}.${random(70)}`),
      "private-token": secret("a token with a hyphen", `${random(12)}-${random(20)}`),
      "x-access-key": `${secret("an access key's id", random(20))}:${secret("an access key", random(40))}`,
      "x-credentials": JSON.stringify({
        user: "somebody",
        password: secret("a password in JSON", random(24)),
      }),
      "x-plain": secret("a value just long enough under a plain name", random(16)),
      "x-id-key": secret("a UUID", crypto.randomUUID()),
      "x-tab-token": secret("a token with a tab", `${random(12)}\t${random(10)}`),
      "x-pass": secret("a passphrase", `${random(12)} horse ${random(9)} staple`),
    },
    { authorization: secret("a token without a scheme", random(40)) },
    { authorization: `Bearer ${secret("a short bearer token", `${random(7)}7`)}` },
    { authorization: `Token token="${secret("a quoted token", random(32))}"` },
  ];
}

/** New secrets under the same names. */
export function changeOf(headers: Headers, search: Search): Headers {
  const changed = Object.keys(headers).map((name): [string, string] => [name, random(30)]);
  for (const [name, value] of changed) search.plant(`a changed ${name}`, value);
  return Object.fromEntries(changed);
}
