import { useSyncExternalStore } from "react";

let message = "";
const listeners = new Set<() => void>();

/** Says something to screen readers, politely. */
export function announce(text: string): void {
  // The same words twice are read twice only when the text differs.
  message = message === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => message,
  );
  return (
    <div aria-live="polite" role="status" className="sr-only">
      {text}
    </div>
  );
}
