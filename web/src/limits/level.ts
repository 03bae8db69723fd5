import type { LimitUse } from "../../../shared/contracts/limits";

export type Level = "plenty" | "nearly" | "gone";

/** The share from which on the hub warns. */
const nearly = 0.8;

export const shareUsed = ({ used, limit }: Pick<LimitUse, "used" | "limit">): number =>
  limit <= 0 ? 0 : Math.min(1, used / limit);

export function levelOf(use: Pick<LimitUse, "used" | "limit" | "remaining">): Level {
  if (use.limit <= 0) return "plenty";
  if (use.remaining <= 0) return "gone";
  return shareUsed(use) >= nearly ? "nearly" : "plenty";
}
