import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { LiveMessage } from "../../shared/contracts/live";
import { newId } from "../../shared/ids";
import hub from "../index";
import type { TestTeam } from "./team";

/** What the hub answers to whoever opens the live stream. */
export async function openLive(
  path: string,
  headers: Record<string, string>,
  settings: Partial<Env> = {},
): Promise<Response> {
  const request = new Request(`http://127.0.0.1/api/v1/live${path}`, { headers });
  return hub.fetch(request, { ...env, ...settings }, createExecutionContext());
}

const bearer = (team: TestTeam) => ({ authorization: `Bearer ${team.apiKey}` });

/** A viewer with a WebSocket: what it has heard, frame by frame and message by message, and how it was closed. */
export async function watchLive(
  team: TestTeam,
  path = "",
  headers: Record<string, string> = bearer(team),
) {
  const response = await openLive(path, { upgrade: "websocket", ...headers });
  const socket = response.webSocket;
  if (!socket) throw new Error(`No socket: ${response.status} ${await response.text()}`);
  const heard: LiveMessage[] = [];
  const frames: unknown[] = [];
  const closed: { code: number; reason: string }[] = [];
  socket.addEventListener("message", ({ data }) => {
    const frame: unknown = data === "pong" ? data : JSON.parse(String(data));
    frames.push(frame);
    if (frame !== "pong") heard.push(...[frame].flat().map((one) => LiveMessage.parse(one)));
  });
  socket.addEventListener("close", ({ code, reason }) => closed.push({ code, reason }));
  socket.accept();
  const hears = (count: number) => expect.poll(() => heard.length).toBeGreaterThanOrEqual(count);
  return { socket, heard, frames, closed, hears };
}

export type ServerSent = { id: string | null; event: string; data: LiveMessage };

/** A viewer that takes server-sent events, and reads only as it is told to. */
export async function listenLive(
  team: TestTeam,
  path = "",
  headers: Record<string, string> = bearer(team),
) {
  const response = await openLive(path, { accept: "text/event-stream", ...headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (response.status !== 200 || !reader)
    throw new Error(`No stream: ${response.status} ${await response.text()}`);
  let text = "";
  const heard = (): ServerSent[] =>
    text
      .split("\n\n")
      .slice(0, -1)
      .map((block) => Object.fromEntries(block.split("\n").map(fieldOf)))
      .filter((fields) => "data" in fields)
      .map(({ id = null, event = "", data = "" }) => ({
        id,
        event,
        data: LiveMessage.parse(JSON.parse(data)),
      }));
  /** Reads until so many have come, or until the end; answers whether it goes on. */
  const read = async (count: number): Promise<boolean> => {
    while (heard().length < count) {
      const { done, value } = await reader.read();
      if (done) return false;
      text += value;
    }
    return true;
  };
  return { response, heard, read, text: () => text, stop: () => reader.cancel() };
}

function fieldOf(line: string): [string, string] {
  const colon = line.indexOf(": ");
  return [line.slice(0, colon), line.slice(colon + 2)];
}

/** Writes calls into the team's ledger, as its gate hands them over: each has two events. */
export async function recordCalls(
  team: TestTeam,
  count: number,
  intent: { connectionId?: string; jobId?: string } = {},
): Promise<string[]> {
  const { connectionId = "con_1", jobId } = intent;
  const at = Date.now();
  const ids = Array.from({ length: count }, () => newId("exe"));
  const whole = JSON.stringify({
    method: "tools/call",
    surface: "rest",
    toolId: "tool_1",
    name: "echo",
    connectionId,
    connectionSlug: "one",
    actor: { kind: "apiKey", id: team.keyId, personId: team.personId },
    requestId: "req_1",
    context: jobId === undefined ? {} : { jobId },
    startedAt: at,
  });
  const outcome = JSON.stringify({
    status: "succeeded",
    finishedAt: at + 5,
    durationMs: 5,
    upstreamMs: 4,
    error: null,
  });
  await env.TEAM_LEDGER.getByName(team.id).record(
    team.id,
    ids.map((executionId) => ({
      executionId,
      intent: whole,
      arguments: null,
      notes: [],
      outcome,
      result: null,
    })),
  );
  return ids;
}

export const seqsOf = (messages: readonly LiveMessage[]): number[] =>
  messages.flatMap((message) => (message.type === "event" ? [message.seq] : []));

/** From one sequence number to another, both included. */
export const span = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
