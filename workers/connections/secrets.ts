import { openSecret } from "../credentials";
import type { Context } from "../platform/context";
import type { ConnectionRow } from "./tables";

/** The connection's secret headers, opened for the use at hand. */
export async function openHeaders(
  ctx: Context,
  row: Pick<ConnectionRow, "credentialId" | "credentialVersion">,
): Promise<Record<string, string>> {
  if (row.credentialId === null) return {};
  return openSecret(ctx, { id: row.credentialId, version: row.credentialVersion });
}
