// Chromium, and a page of the dashboard in it that keeps account of everything that goes wrong.
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { findChromium } from "../../scripts/chromium.ts";
import type { HubProcess } from "../hub-process.ts";
import { watchPage, type Watch } from "./watch.ts";

export type View = {
  width?: number;
  theme?: "light" | "dark";
  reducedMotion?: boolean;
  /** Begins at the sign-in page's door: without a session. */
  signedOut?: boolean;
  /** Without it, the service worker is not registered. */
  serviceWorker?: boolean;
};

export type Dashboard = { page: Page; context: BrowserContext; watch: Watch; url: string };

export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever a page tries to reach outside, it does not leave this machine.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

const launched = new Set<Browser>();

export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: browserArguments,
  });
  launched.add(browser);
  browser.on("disconnected", () => launched.delete(browser));
  return browser;
}

/** The pages that are open in all browsers of this process. */
export const openPages = (): Page[] =>
  [...launched].flatMap((browser) => browser.contexts().flatMap((context) => context.pages()));

/** The origin a person has in the address bar: the session's cookie belongs to it. */
export const originOf = ({ port }: Pick<HubProcess, "port">) => `http://localhost:${port}`;

export const heightOf = (width: number) => (width < 600 ? 812 : 900);

/** A page in a browser profile of its own, signed in unless the view says otherwise. It shows nothing yet. */
export async function openPage(
  browser: Browser,
  hub: HubProcess,
  view: View = {},
): Promise<Dashboard> {
  return openPageIn(await openProfile(browser, hub, view), hub);
}

/** A further page in a browser profile, which has what the pages before it have loaded. */
export async function openPageIn(context: BrowserContext, hub: HubProcess): Promise<Dashboard> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const watch = await watchPage(page, originOf(hub));
  return { page, context, watch, url: originOf(hub) };
}

export async function openProfile(
  browser: Browser,
  hub: HubProcess,
  view: View = {},
): Promise<BrowserContext> {
  const { width = 1440, theme = "light", reducedMotion = true } = view;
  const context = await browser.newContext({
    baseURL: originOf(hub),
    viewport: { width, height: heightOf(width) },
    colorScheme: theme,
    reducedMotion: reducedMotion ? "reduce" : "no-preference",
    serviceWorkers: view.serviceWorker ? "allow" : "block",
    locale: "en-GB",
    timezoneId: "UTC",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  if (view.signedOut !== true) await context.addCookies(await sessionOf(browser, hub));
  return context;
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
const sessions = new WeakMap<HubProcess, Promise<Cookies>>();

/** A link is good once: the session it gives is made by the first page of a hub and shared by the others. */
function sessionOf(browser: Browser, hub: HubProcess): Promise<Cookies> {
  const known = sessions.get(hub) ?? signIn(browser, hub);
  sessions.set(hub, known);
  return known;
}

/** For a page that signed in with the hub's only link: those that follow share its session. */
export function shareSession(hub: HubProcess, context: BrowserContext): void {
  sessions.set(hub, context.cookies());
}

async function signIn(browser: Browser, hub: HubProcess): Promise<Cookies> {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(signInLinkOf(hub));
  await page.waitForURL(`${originOf(hub)}/`);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** The link `npm start` printed. */
export function signInLinkOf(hub: Pick<HubProcess, "output">): string {
  const link = /http:\S+\/sign-in\?token=\S+/.exec(hub.output())?.[0];
  if (link === undefined) throw new Error(`The hub printed no sign-in link:\n${hub.output()}`);
  return link;
}
