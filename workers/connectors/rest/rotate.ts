import type { StaticMethod } from "../../../shared/catalogue/manifest";
import type { Context } from "../../platform/context";
import { withDeadline } from "../../platform/deadline";
import { HubError } from "../../platform/errors";
import { textAt } from "../../platform/json-pointer";
import type { Account } from "./build";
import { vendorRefusal } from "./refusals";
import { sendRequest } from "./send";

const timeoutMs = 15_000;
const maxBytes = 64 * 1024;
const dayMs = 24 * 60 * 60_000;

export type Rotated = { fields: Record<string, string>; expiresAt: number | null };

/**
 * Has the vendor make another credential in place of the one in use, which is dead from then on. `days` is how long the
 * new one is to live, as far as the vendor lets it. Throws `upstream_*`; after `upstream_timeout` and
 * `upstream_unreachable` nobody knows which of the two is alive.
 */
export async function rotateAtVendor(
  { env, now }: Pick<Context, "env" | "now">,
  account: Account,
  { rotate, days }: { rotate: NonNullable<StaticMethod["rotate"]>; days: number },
): Promise<Rotated> {
  const { name } = account.manifest;
  const end = now + Math.min(days, rotate.longestDays) * dayMs;
  const until = new Date(end).toISOString().slice(0, 10);
  const asked = { ...account, params: { ...account.params, until } };
  const sentence = `${name} did not answer within ${timeoutMs / 1000} seconds. Look there whether it made a new credential.`;
  return withDeadline({ ms: timeoutMs, sentence }, async (signal) => {
    const response = await sendRequest({ env, signal, maxBytes }, asked, rotate.request);
    const refused = vendorRefusal(name, response);
    if (refused) {
      await response.body?.cancel();
      throw refused;
    }
    const document = await response.json().catch(() => undefined);
    const fields = Object.entries(rotate.fields).map(([field, pointer]) => {
      const value = textAt(document, pointer);
      if (value === undefined || !/^[\x21-\x7e]+$/.test(value)) throw unreadable(name);
      return [field, value] as const;
    });
    const told = rotate.expiresAt === undefined ? undefined : textAt(document, rotate.expiresAt);
    return { fields: Object.fromEntries(fields), expiresAt: endOf(told) };
  });
}

const unreadable = (name: string) =>
  new HubError(
    "upstream_invalid",
    `${name} answered without a new credential that can be read. Make one there, and enter it here.`,
  );

function endOf(told: string | undefined): number | null {
  if (told === undefined) return null;
  const time = /^\d{9,11}$/.test(told) ? Number(told) * 1000 : Date.parse(told);
  return Number.isFinite(time) ? time : null;
}
