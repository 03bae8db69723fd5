// The window of a sign-in and the page that opened it, on the same origin. What is heard is a reason to ask the hub,
// and nothing else: it holds a flow's id and is trusted in nothing.
const channelName = "plugboard-connect";
const answerMs = 600;
const lateMs = 10_000;

type News = { flow: string; heard: boolean };

const isNews = (data: unknown): data is News =>
  typeof data === "object" && data !== null && "flow" in data && typeof data.flow === "string";

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no other origin than its own
const say = (channel: BroadcastChannel, news: News) => channel.postMessage(news);

const waiting = new Map<string, () => void>();
let channel: BroadcastChannel | undefined;

function listen(): void {
  if (channel) return;
  const opened = (channel = new BroadcastChannel(channelName));
  opened.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (!isNews(data) || data.heard || !waiting.has(data.flow)) return;
    say(opened, { flow: data.flow, heard: true });
    waiting.get(data.flow)?.();
  });
}

/** Calls back when the window says that this sign-in has come back, and answers that somebody is there. */
export function onReturn(flow: string, look: () => void): () => void {
  listen();
  waiting.set(flow, look);
  return () => {
    // The hub may have told the end of it before the window does, which is to close all the same.
    const done = () => undefined;
    waiting.set(flow, done);
    setTimeout(() => {
      if (waiting.get(flow) === done) waiting.delete(flow);
    }, lateMs);
  };
}

/** Says that a sign-in has come back; whether a page that waits for it has heard. */
export function tellReturn(flow: string): Promise<boolean> {
  const channel = new BroadcastChannel(channelName);
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), answerMs);
    channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      if (!isNews(data) || data.flow !== flow || !data.heard) return;
      clearTimeout(timer);
      resolve(true);
    });
    say(channel, { flow, heard: false });
  }).finally(() => channel.close());
}
