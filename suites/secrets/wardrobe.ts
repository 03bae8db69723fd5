// Headers as people configure them, every value a secret of its own.
import { randomBytes } from "node:crypto";
import type { Search } from "./search.ts";

export type Headers = Record<string, string>;

export const random = (length: number) =>
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
