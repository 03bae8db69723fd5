import { stepIds, type StepId } from "./steps";

/** What this browser keeps of Home: how far a team was when it was last here, and whether the finished list is open. */
export type Memory = { done: StepId[]; open: boolean };

const keyOf = (teamId: string): string => `plugboard.home.${teamId}`;

/** Undefined on the first visit, and where what is stored is not ours. */
export function readMemory(text: string | null): Memory | undefined {
  try {
    const { done, open } = JSON.parse(text ?? "") as Partial<Record<keyof Memory, unknown>>;
    if (!Array.isArray(done)) return undefined;
    return { done: stepIds.filter((id) => done.includes(id)), open: open === true };
  } catch {
    return undefined;
  }
}

export function recall(teamId: string): Memory | undefined {
  try {
    return readMemory(localStorage.getItem(keyOf(teamId)));
  } catch {
    return undefined;
  }
}

export function remember(teamId: string, memory: Memory): void {
  try {
    localStorage.setItem(keyOf(teamId), JSON.stringify(memory));
  } catch {
    // Storage is switched off: the page starts anew each time.
  }
}

const permissionsKey = "plugboard.permissions";

/** What this browser's reader was allowed when they were last here; undefined where nothing is known. */
export function expected(): readonly string[] | undefined {
  try {
    return localStorage.getItem(permissionsKey)?.split(" ");
  } catch {
    return undefined;
  }
}

/** A guess that saves a round trip, and nothing more: the hub decides each time. */
export function expectNext(permissions: readonly string[]): void {
  try {
    localStorage.setItem(permissionsKey, permissions.join(" "));
  } catch {
    // Storage is switched off: all is asked for.
  }
}
