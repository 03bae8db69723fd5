import { createHash, createHmac } from "node:crypto";
import { Refusal, type Asked } from "./exchange.ts";
import type { Quirks } from "./quirks.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

/** Signature Version 4, as AWS documents it: written here apart from the library the hub signs with. */
export function checkAwsSignature(asked: Asked, wanted: NonNullable<Quirks["api"]["aws"]>): void {
  const refuse = (complaint: string) => {
    throw new Refusal("InvalidSignature", complaint, 403);
  };
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      asked.headers["authorization"] ?? "",
    );
  if (!parts) return refuse("Authorization is no Signature Version 4.");
  const [, id, day = "", region = "", service = "", names = "", signature] = parts;
  const stamp = asked.headers["x-amz-date"] ?? "";
  if (id !== wanted.accessKeyId) refuse(`The key ${id} is unknown.`);
  if (region !== wanted.region || service !== wanted.service)
    refuse(`It is signed for ${service} in ${region}.`);
  if (!stamp.startsWith(day)) refuse("The date is not the credential's.");
  if (asked.headers["x-amz-security-token"] !== wanted.sessionToken)
    refuse("The session's token is not the one that was given.");
  const signed = names.split(";");
  if (!signed.includes("host") || !signed.includes("x-amz-date"))
    refuse(`Only ${names} are signed.`);
  const valueOf = (name: string) =>
    (name === "host" ? asked.host : asked.headers[name])?.trim().replace(/\s+/g, " ") ?? "";
  const canonical = [
    asked.method,
    asked.path,
    [...asked.query]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join("&"),
    ...signed.map((name) => `${name}:${valueOf(name)}`),
    "",
    names,
    asked.headers["x-amz-content-sha256"] ?? sha256(asked.body),
  ].join("\n");
  if ((asked.headers["x-amz-content-sha256"] ?? sha256(asked.body)) !== sha256(asked.body))
    refuse("The body is not the one that was signed.");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", stamp, scope, sha256(canonical)].join("\n");
  const key = [region, service, "aws4_request"].reduce<Buffer>(
    (key, part) => hmac(key, part),
    hmac(`AWS4${wanted.secretAccessKey}`, day),
  );
  if (hmac(key, text).toString("hex") !== signature) refuse("The signature does not fit.");
}
