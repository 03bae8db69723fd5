import type { AuthMethod, Field } from "../../../shared/catalogue/manifest";
import { isObject } from "../../../shared/json";

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/;

/** Keys come out of JSON files with `\n` written out, and from other systems with carriage returns. */
export const plainPem = (text: string): string =>
  text.trim().replaceAll("\\n", "\n").replaceAll("\r\n", "\n");

/** Why a pasted key or key file cannot be one; undefined where it may be. Whether it signs is tried later. */
export function wrongWithKey(method: AuthMethod, field: Field, value: string): string | undefined {
  const members = membersRead(method, field.name);
  if (value.trim().startsWith("{") || members.length > 0) return wrongWithJson(value, members);
  if (!value.includes("-----")) return undefined;
  const block = pemBlock.exec(plainPem(value));
  if (!block)
    return "is cut off. Paste it whole, from the line -----BEGIN … to the line -----END …";
  const [, type = "", body = ""] = block;
  const base64 = body.replace(/^[A-Za-z-]+: .*$/gm, "").replace(/\s+/g, "");
  if (base64.length < 16 || !/^[A-Za-z0-9+/]+=*$/.test(base64))
    return "is damaged between its first and last line. Copy it again";
  if (method.kind === "signed_jwt" && /PUBLIC KEY|CERTIFICATE/.test(type) && isKey(method, field))
    return `is a ${type.toLowerCase()}, which cannot sign. Paste the private key`;
  return undefined;
}

function wrongWithJson(value: string, members: string[]): string | undefined {
  let file: unknown;
  try {
    file = JSON.parse(value);
  } catch {
    return "is no JSON. Paste the whole file as it was downloaded, from the first brace to the last";
  }
  if (!isObject(file)) return "is no JSON object. Paste the whole file as it was downloaded";
  const lacking = members.filter((name) => typeof file[name] !== "string" || file[name] === "");
  if (lacking.length > 0)
    return `lacks ${lacking.join(" and ")}. Paste the whole file as it was downloaded`;
  const key = file["private_key"];
  if (members.includes("private_key") && !(typeof key === "string" && pemBlock.test(plainPem(key))))
    return "holds a private_key that is no PEM. Paste the whole file as it was downloaded";
  return undefined;
}

/** Which members of a pasted JSON file the method's templates read: `{secret.keyFile|json:client_email}`. */
function membersRead(method: AuthMethod, name: string): string[] {
  const found = JSON.stringify(method).matchAll(
    new RegExp(`\\{secret\\.${name}\\|json:([\\w-]+)`, "g"),
  );
  return [...new Set([...found].map(([, member = ""]) => member))];
}

const isKey = (method: AuthMethod, field: Field) =>
  method.kind === "signed_jwt" && method.key.includes(`{secret.${field.name}`);
