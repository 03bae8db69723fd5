import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** A secret to sign with, as Standard Webhooks writes them. */
export const makeSecret = (): string => prefix + randomBytes(32).toString("base64");

/** The headers of a message as Standard Webhooks 1.0.0 signs it. `at` in milliseconds. */
export function signedHeaders(
  secret: string,
  { id, at, body }: { id: string; at: number; body: string },
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac("sha256", Buffer.from(secret.slice(prefix.length), "base64"))
    .update(`${id}.${timestamp}.${body}`)
    .digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
