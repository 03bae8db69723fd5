import { openText, sealText, type AuthState, type SecretRecord } from "../../credentials";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";

/** What of a sign-in under way nobody may read: it lies sealed in its row, and is wiped when the sign-in is over. */
export type FlowSecrets = {
  redirectUri: string;
  /** What was typed, by field. */
  fields: SecretRecord;
  /** It carries the state. */
  authorizeUrl?: string;
  verifier?: string;
  nonce?: string;
  deviceCode?: string;
  state: AuthState | null;
  /** Tokens that wait for a choice. */
  obtained?: Tokens;
};

export type Tokens = {
  record: SecretRecord;
  expiresAt: number | null;
  /** Null where the vendor did not say. */
  scopes: string[] | null;
};

type Team = Pick<Context, "env" | "teamId">;
const place = (id: string) => ({ purpose: "connect-flow", id }) as const;

export const sealFlow = (ctx: Team, id: string, secrets: FlowSecrets): Promise<string> =>
  sealText(ctx, place(id), { flow: JSON.stringify(secrets) });

/** Throws `not_found` for what was wiped. */
export async function openFlow(
  ctx: Team,
  { id, sealed }: { id: string; sealed: string },
): Promise<FlowSecrets> {
  if (sealed === "") throw new HubError("not_found", "This sign-in is over. Start again.");
  const { flow = "null" } = await openText(ctx, place(id), sealed);
  return JSON.parse(flow) as FlowSecrets;
}
