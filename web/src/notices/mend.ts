// Where what a notice tells of is mended.
import type { Notice } from "../../../shared/contracts/notices";
import { ownPath } from "./own-path";

type Way = { path: string; search: Record<string, string> };

/** These are mended by signing in anew, or entering another credential. */
const byReconnect: readonly Notice["kind"][] = [
  "connection.needs_reauth",
  "connection.expiring",
  "connection.rotation_due",
];

export type Mending = { step: "reconnect" | "look"; to: Way };

/** The way to it; undefined where there is nothing to go to. */
export function mendingOf({ kind, subjectId, path }: Notice): Mending | undefined {
  if (byReconnect.includes(kind))
    return {
      step: "reconnect",
      to: { path: "/connections/new", search: { reconnect: subjectId } },
    };
  const to = ownPath(path);
  return to && { step: "look", to };
}
