import { isOwnPath } from "../../../shared/own-path";

const key = "plugboard.next";
const keptMs = 10 * 60_000;

/** Whoever is sent to sign in comes back through a link, often in another tab: where to, is kept as long as a link. */
export function keepNext(next: string): void {
  try {
    localStorage.setItem(key, JSON.stringify({ next, at: Date.now() }));
  } catch {
    // Storage is switched off: they begin at Home.
  }
}

/** Where to go on, once; Home where nothing was kept. */
export function takeNext(): string {
  const next = peekNext();
  try {
    localStorage.removeItem(key);
  } catch {
    // As above.
  }
  return next;
}

/** The same, and it stays kept: for who goes by way of another service. */
export function peekNext(): string {
  try {
    const { next, at } = JSON.parse(localStorage.getItem(key) ?? "{}") as {
      next: string;
      at: number;
    };
    return Date.now() - at < keptMs && isOwnPath(next) ? next : "/";
  } catch {
    return "/";
  }
}
