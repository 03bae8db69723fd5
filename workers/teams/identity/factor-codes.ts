import { and, eq } from "drizzle-orm";
import { registryOf } from "../../platform/registry";
import { authSecret } from "../../platform/settings";
import { twoFactors } from "../tables";
import { claim } from "../spent";

type Factor = typeof twoFactors.$inferSelect;

// What the library keeps is opened with its own tools, loaded when a code is shown.

/** A code of the person's app: right now, and not shown before. */
export async function verifyTotpCode(env: Env, factor: Factor, code: string): Promise<boolean> {
  if (!/^\d{6}$/.test(code)) return false;
  const [{ symmetricDecrypt }, { createOTP }] = await Promise.all([
    import("better-auth/crypto"),
    import("@better-auth/utils/otp"),
  ]);
  const secret = await symmetricDecrypt({ key: authSecret(env), data: factor.secret });
  if (!(await createOTP(secret, { digits: 6, period: 30 }).verify(code))) return false;
  return spendTotp(env, factor.userId, code);
}

/** True for the first that shows a code: whoever looked on gains nothing by it. */
export const spendTotp = (env: Env, personId: string, code: string): Promise<boolean> =>
  claim(env, `totp ${personId} ${code}`, 2 * 60_000);

/** Takes a recovery code off the list. Of several that show one at once, one finds the list as it was. */
export async function spendBackupCode(env: Env, factor: Factor, code: string): Promise<boolean> {
  const { symmetricDecrypt, symmetricEncrypt } = await import("better-auth/crypto");
  const key = authSecret(env);
  const codes: string[] = JSON.parse(await symmetricDecrypt({ key, data: factor.backupCodes }));
  if (!codes.includes(code)) return false;
  const left = JSON.stringify(codes.filter((one) => one !== code));
  const rows = await registryOf(env)
    .update(twoFactors)
    .set({ backupCodes: await symmetricEncrypt({ key, data: left }) })
    .where(and(eq(twoFactors.id, factor.id), eq(twoFactors.backupCodes, factor.backupCodes)))
    .returning({ id: twoFactors.id });
  return rows.length === 1;
}
