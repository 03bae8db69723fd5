import { guardedFetch } from "../platform/outbound";
import { HubError } from "../platform/errors";
import { allowsLoopback, outboundPolicy } from "../platform/settings";
import { keepInOutbox } from "./outbox";

/** `html` only where the text alone would not do. `key` is the same for the same mail: of two sendings one goes out. */
export type Mail = { to: string; subject: string; text: string; html?: string; key?: string };

const address = "https://api.resend.com/emails";

/** Whether the hub keeps its mail to itself: it runs on somebody's own machine and has no key of Resend. */
export const keepsMail = (env: Env): boolean => !env.PLUGBOARD_RESEND_KEY && allowsLoopback(env);

/** Throws `unavailable` where mail could go nowhere. */
export function requireMail(env: Env): void {
  if (env.PLUGBOARD_RESEND_KEY || keepsMail(env)) return;
  throw new HubError(
    "unavailable",
    "This hub cannot send mail yet. Whoever runs it sets the secret PLUGBOARD_RESEND_KEY and the setting PLUGBOARD_MAIL_FROM.",
  );
}

/** The one door mail leaves by: Resend, or the outbox of a hub on somebody's own machine. Throws `unavailable`. */
export async function sendMail(env: Env, mail: Mail): Promise<void> {
  requireMail(env);
  if (keepsMail(env)) return keepInOutbox(env, mail);
  const answer = await guardedFetch(
    { ...outboundPolicy(env), maxRedirects: 0 },
    address,
    sendRequest(env, mail),
  );
  await answer.body?.cancel();
  if (!answer.ok)
    throw new HubError("unavailable", "The mail could not be sent. Try again in a minute.", {
      cause: new Error(`Resend answered ${answer.status}`),
    });
}

function sendRequest(env: Env, { to, subject, text, html, key }: Mail) {
  return {
    method: "POST",
    headers: {
      authorization: `Bearer ${env.PLUGBOARD_RESEND_KEY}`,
      "content-type": "application/json",
      "idempotency-key": key ?? crypto.randomUUID(),
    },
    body: JSON.stringify({ from: env.PLUGBOARD_MAIL_FROM, to: [to], subject, text, html }),
    signal: AbortSignal.timeout(10_000),
  };
}
