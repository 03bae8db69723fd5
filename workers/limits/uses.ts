import type { LimitWindow } from "../../shared/contracts/limits";
import type { Windows } from "./admission";
import { scopeOf, type Found, type ReadRules, type SubjectScope } from "./rules";

/** One limit as it stands. */
export type Use = {
  scope: SubjectScope;
  subject: string;
  window: LimitWindow;
  limit: number;
  from: Found["from"];
  used: number;
  resetAt: number;
};

/** Where a use stands in the list: how much of its limit is used up, and what it is. */
export type Place = { share: number; key: string };

export type AskedUses = {
  scope?: SubjectScope | undefined;
  window?: LimitWindow | undefined;
  after?: Place | undefined;
  most: number;
};
export type UsesPage = { items: Use[]; more: boolean };

export const placeOf = ({ used, limit, window, subject }: Use): Place => ({
  share: Math.round((used / limit) * 1_000_000),
  key: `${window}:${subject}`,
});

const inOrder = (a: Place, b: Place): number =>
  b.share - a.share || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** A page of what was used lately, the nearest to its end first. What has no limit is not among it. */
export function rankUses(
  windows: Windows,
  { rules, now }: { rules: ReadRules; now: number },
  { scope, window, after, most }: AskedUses,
): UsesPage {
  const found: { use: Use; place: Place }[] = [];
  for (const one of windows.subjects(now)) {
    if (window !== undefined && one.window !== window) continue;
    const of = scopeOf(one.subject);
    if (scope !== undefined && of !== scope) continue;
    const limit = rules.find(one.subject, one.window);
    if (!limit) continue;
    const looked = windows.look(one, now);
    if (looked.used === 0) continue;
    const use = { ...one, ...looked, scope: of, limit: limit.limit, from: limit.from };
    const place = placeOf(use);
    if (after === undefined || inOrder(after, place) < 0) found.push({ use, place });
  }
  found.sort((a, b) => inOrder(a.place, b.place));
  return { items: found.slice(0, most).map(({ use }) => use), more: found.length > most };
}
