import type { Page } from "playwright-core";

/** All the ways a browser says that a hub went away: before it was asked, while it was, and in the middle of its answer. */
export const hubAway =
  /ERR_CONNECTION_(REFUSED|RESET|CLOSED|ABORTED)|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_FAILED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONTENT_LENGTH_MISMATCH/;

/** What went wrong on a page and was not announced, a sentence each. */
export type Watch = {
  problems: string[];
  /** Takes it for granted that things go wrong whose sentence matches. */
  expect: (...patterns: RegExp[]) => void;
  /** Every address the page has asked for. */
  requests: string[];
};

/** Listens to console, uncaught errors, failed requests, foreign requests and violated policies, from now on. */
export async function watchPage(page: Page, origin: string): Promise<Watch> {
  const expected: RegExp[] = [];
  const all: string[] = [];
  const requests: string[] = [];
  const report = (sentence: string) => void all.push(sentence);
  const socketOrigin = origin.replace("http", "ws");
  const isOwn = (url: string) =>
    url.startsWith(`${origin}/`) ||
    url.startsWith(`${socketOrigin}/`) ||
    /^(data|blob|about):/.test(url);

  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    report(`console: ${message.text()}${url === "" ? "" : ` (${url})`}`);
  });
  page.on("pageerror", (error) => report(`uncaught: ${error.stack ?? error.message}`));
  page.on("dialog", (dialog) => {
    report(`dialog: ${dialog.message()}`);
    // Its frame can have gone in the meantime, and the dialog with it.
    void dialog.dismiss().catch(() => undefined);
  });
  page.on("request", (request) => {
    requests.push(request.url());
    if (!isOwn(request.url())) report(`foreign request: ${request.url()}`);
  });
  page.on("websocket", (socket) => {
    requests.push(socket.url());
    if (!isOwn(socket.url())) report(`foreign socket: ${socket.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400)
      report(`answered ${response.status()}: ${response.request().method()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // What a page no longer wants when it is left is not a failure.
    if (reason !== "net::ERR_ABORTED") report(`not answered: ${request.url()} (${reason})`);
  });
  await page.exposeBinding("plugboardTestViolation", (_, sentence: string) => report(sentence));
  await page.addInitScript(() => {
    const tell = (globalThis as unknown as Record<string, (sentence: string) => void>)[
      "plugboardTestViolation"
    ];
    addEventListener("securitypolicyviolation", (event) =>
      tell?.(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  return {
    expect: (...patterns) => void expected.push(...patterns),
    requests,
    get problems() {
      return all.filter((sentence) => !expected.some((pattern) => pattern.test(sentence)));
    },
  };
}
