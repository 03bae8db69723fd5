import { importSPKI, jwtVerify } from "jose";
import { Refusal } from "./exchange.ts";
import type { Quirks } from "./quirks.ts";

/** Verifies a JWT the hub signed, and that it says what this vendor wants to read. */
export async function checkAssertion(
  jwt: string | undefined,
  wanted: NonNullable<Quirks["jwt"]>,
): Promise<void> {
  if (!jwt) throw new Refusal("invalid_request", "There is no assertion.");
  const key = wanted.algorithm.startsWith("HS")
    ? new TextEncoder().encode(wanted.key)
    : await importSPKI(wanted.key, wanted.algorithm);
  const { payload } = await jwtVerify(jwt, key, {
    algorithms: [wanted.algorithm],
    requiredClaims: ["exp", "iat"],
  }).catch((error: unknown) => {
    throw new Refusal("invalid_grant", `The assertion does not verify: ${String(error)}`);
  });
  for (const [name, value] of Object.entries(wanted.claims))
    if (JSON.stringify(payload[name]) !== JSON.stringify(value))
      throw new Refusal(
        "invalid_grant",
        `The claim ${name} is ${JSON.stringify(payload[name])}, not ${JSON.stringify(value)}.`,
      );
}
