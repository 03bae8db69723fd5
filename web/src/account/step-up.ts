// An action that needs the second factor asks for it where it is refused, and is then sent again.
import type { ErrorBody } from "../../../shared/contracts/errors";

/** Why it is asked for, in the hub's words, and what the reader did: showed it or not. */
export type FactorAsked = { reason: string; answer: (shown: boolean) => void };

let ask: ((asked: FactorAsked) => void) | undefined;
let asking: Promise<boolean> | undefined;

/** The dialog says that it is there. */
export function onFactorAsked(next: (asked: FactorAsked) => void): () => void {
  ask = next;
  return () => {
    ask = undefined;
  };
}

/** True once the reader has shown the second factor; several actions at once ask one time. */
export function askForFactor(reason: string): Promise<boolean> {
  if (ask === undefined) return Promise.resolve(false);
  const open = ask;
  asking ??= new Promise<boolean>((answer) => open({ reason, answer })).finally(() => {
    asking = undefined;
  });
  return asking;
}

/** As `fetch`. What is only read asks for nothing: no dialog opens that nobody called for. */
export const fetchWithFactor: typeof fetch = (input, init) =>
  (init?.method ?? "GET") === "GET" ? fetch(input, init) : fetchPressed(input, init);

/** As `fetch`, for what the reader pressed a button for, a download for one: it asks whatever the method. */
export async function fetchPressed(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const response = await fetch(input, init);
  if (response.status !== 403) return response;
  const body = (await response
    .clone()
    .json()
    .catch(() => null)) as ErrorBody | null;
  if (body?.error?.code !== "second_factor_required") return response;
  return (await askForFactor(body.error.message)) ? fetch(input, init) : response;
}
