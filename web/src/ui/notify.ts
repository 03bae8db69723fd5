export type Notice = {
  title: string;
  description?: string;
  tone?: "neutral" | "success" | "danger";
  action?: { label: string; run: () => void };
  /** Milliseconds it stays; 0 until it is closed. */
  timeout?: number;
};

type Listener = (notice: Notice) => void;
let listener: Listener | undefined;
let wanted: (() => void) | undefined;
const waiting: Notice[] = [];

/** Tells the reader something in passing, from anywhere. */
export function notify(notice: Notice): void {
  if (listener) return listener(notice);
  waiting.push(notice);
  wanted?.();
}

/** The toaster is loaded with the first notice. */
export function whenWanted(load: () => void): void {
  wanted = load;
  if (waiting.length > 0) load();
}

export function onNotice(next: Listener): () => void {
  listener = next;
  for (const notice of waiting.splice(0)) next(notice);
  return () => {
    listener = undefined;
  };
}
