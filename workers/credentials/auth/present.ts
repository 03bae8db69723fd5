import type { AuthMethod, AwsSigV4Method, Placement } from "../../../shared/catalogue/manifest";
import { toBase64, utf8 } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { fillTemplate, type TemplateValues } from "../../platform/template";
import { signJwt } from "./sign-jwt";
import type { Presented, SecretRecord, SignIn } from "./types";

/** A JWT is made anew this long before its end. */
const marginMs = 60_000;

/**
 * How requests show the credential. Pure but for signing. Throws `connection_needs_auth` where there is no token yet or
 * the edge cannot do it, `invalid_input` for a key that does not sign.
 */
export async function presentCredential(signIn: SignIn, record: SecretRecord): Promise<Presented> {
  const { method, params } = signIn;
  switch (method.kind) {
    case "none":
      return { ...place(method.present, { params, secret: record }), secrets: {}, record };
    case "headers":
      if (method.present.length === 0) return { headers: record, query: {}, secrets: record };
      return shown(signIn, record, method.present);
    case "api_key":
      return shown(signIn, record, method.present);
    case "bearer":
      return shown(signIn, record, method.present.length > 0 ? method.present : bearerOf(method));
    case "basic":
      return method.present.length > 0
        ? shown(signIn, record, method.present)
        : presentBasic(signIn, record);
    case "signed_jwt":
      return method.exchange
        ? withToken(signIn, record)
        : withToken(signIn, await withFreshJwt(signIn, record));
    case "oauth2_code":
    case "oauth2_client_credentials":
    case "oauth2_device":
    case "mcp_oauth":
    case "session":
      return withToken(signIn, record);
    case "aws_sigv4":
      return presentAws(method, signIn, record);
    case "database":
      return shown(signIn, record, method.present);
    case "client_certificate":
    case "ssh_key":
      throw new HubError(
        "connection_needs_auth",
        `${method.label} is used by a bridge inside the network, and this connection has none. Start a bridge there and assign the connection to it.`,
      );
  }
}

const bearerOf = (method: AuthMethod): Placement[] => [
  {
    in: "header",
    name: "Authorization",
    template: `Bearer {secret.${method.fields[0]?.name ?? "token"}}`,
  },
];

function withToken(signIn: SignIn, record: SecretRecord): Presented {
  const { accessToken: token } = record;
  if (token === undefined || token === "")
    throw new HubError(
      "connection_needs_auth",
      "The connection has no token. Sign in again, or try again in a minute.",
    );
  return shown(signIn, record, signIn.method.present, { token });
}

/** The one in the record as long as it lives, else a new one. */
async function withFreshJwt(signIn: SignIn, record: SecretRecord): Promise<SecretRecord> {
  const { method } = signIn;
  if (method.kind !== "signed_jwt") return record;
  if (record["accessToken"] && Number(record["expiresAt"] ?? 0) - marginMs > Date.now())
    return record;
  const { jwt, expiresAt } = await signJwt(method, signIn, record);
  return { ...record, accessToken: jwt, expiresAt: String(expiresAt) };
}

function shown(
  { method, params }: SignIn,
  record: SecretRecord,
  placements: readonly Placement[],
  extra: Record<string, string> = {},
): Presented {
  const placed = place(placements, { params, secret: record, extra });
  const secrets = secretsOf(method, record);
  return { ...placed, secrets: { ...secrets, ...derived(placed, Object.values(secrets)) }, record };
}

/** UTF-8, as RFC 7617 has it where a server says nothing else. */
function presentBasic({ method }: SignIn, record: SecretRecord): Presented {
  const [user = "", password = ""] = method.fields.map(({ name }) => record[name] ?? "");
  const pair = toBase64(utf8(`${user}:${password}`));
  const headers = { Authorization: `Basic ${pair}` };
  return {
    headers,
    query: {},
    secrets: { ...secretsOf(method, record), ...headers },
    record,
  };
}

function presentAws(method: AwsSigV4Method, { params }: SignIn, record: SecretRecord): Presented {
  const values = { params, secret: record };
  const region = fillTemplate(method.region, values);
  const service = method.service === undefined ? "" : fillTemplate(method.service, values);
  const { accessKeyId = "", secretAccessKey = "", sessionToken = "" } = record;
  return {
    headers: {},
    query: {},
    secrets: secretsOf(method, record),
    record,
    sign: async ({ url, method: verb, headers, body }) => {
      const { AwsV4Signer } = await import("aws4fetch");
      const hash = await crypto.subtle.digest("SHA-256", utf8(body ?? ""));
      const signer = new AwsV4Signer({
        method: verb,
        url,
        // The body is always signed, for S3 too, where the library would leave it out.
        headers: { ...headers, "x-amz-content-sha256": hexOf(hash) },
        ...(body === null ? {} : { body }),
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === "" ? {} : { sessionToken }),
        ...(service === "" ? {} : { service }),
        region,
      });
      const signed = await signer.sign();
      return Object.fromEntries(
        [...signed.headers].filter(
          ([name]) => name === "authorization" || name.startsWith("x-amz-"),
        ),
      );
    },
  };
}

const hexOf = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

function place(
  placements: readonly Placement[],
  values: TemplateValues,
): Pick<Presented, "headers" | "query"> {
  const headers: Record<string, string> = {};
  const query: Record<string, string> = {};
  for (const placement of placements) {
    const value = fillTemplate(placement.template, values);
    // What came out empty is an optional field that was left out.
    if (value === "") continue;
    const name = fillTemplate(placement.name, values);
    (placement.in === "header" ? headers : query)[name] = value;
  }
  return { headers, query };
}

/** What a vendor must not send back. Names people read, like a user's address, are none of it. */
function secretsOf(method: AuthMethod, record: SecretRecord): Record<string, string> {
  const readable = new Set(
    method.fields
      .filter(({ input }) => input === "text" || input === "choice")
      .map(({ name }) => name),
  );
  // A key to sign with is never sent.
  const unsent = new Set(
    method.kind === "signed_jwt"
      ? method.fields.filter(({ input }) => input === "multiline").map(({ name }) => name)
      : [],
  );
  const told = new Set(["tokenType", "scope", "expiresAt", "obtainedAt"]);
  const kept = Object.entries(record).filter(
    ([name, value]) => value !== "" && !readable.has(name) && !unsent.has(name) && !told.has(name),
  );
  // A mask goes by how secret a name sounds; all of these are.
  return Object.fromEntries(kept.map(([name, value]) => [`secret ${name}`, value]));
}

/** Secrets in another form than they were typed: encoded ones, which no mask of the field would find. */
function derived(
  { headers, query }: Pick<Presented, "headers" | "query">,
  secrets: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...headers, ...query }).filter(
      ([name, value]) =>
        /^basic /i.test(value) ||
        (/auth|key|token|secret|pass|sign|cred/i.test(name) &&
          !secrets.some((secret) => value.includes(secret))),
    ),
  );
}
