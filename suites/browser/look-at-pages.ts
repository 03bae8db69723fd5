// What a browser hears, shows and keeps of the dashboard, for a suite that looks for secrets in it.
import type { HubProcess } from "../hub-process.ts";
import { launchBrowser, openPage } from "./browser.ts";

type Tell = (place: string, text: string) => void;

/** Signs in with the hub's link. `lookAt` opens each page, `ID` in its path standing for each of the ids. */
export async function openDashboard(hub: HubProcess) {
  const browser = await launchBrowser();
  const { page, context } = await openPage(browser, hub, { serviceWorker: true });
  return {
    cookies: () => context.cookies(),
    close: () => browser.close(),
    lookAt,
  };

  /** How many pages there were. */
  async function lookAt(
    pages: readonly string[],
    ids: readonly string[],
    tell: Tell,
  ): Promise<number> {
    const heard: Promise<void>[] = [];
    context.on("response", (response) => {
      const { pathname } = new URL(response.url());
      const body = response.text().catch(() => "");
      heard.push(
        Promise.all([response.allHeaders().catch(() => ({})), body]).then(([headers, text]) =>
          tell(`what the browser heard of ${pathname}`, `${JSON.stringify(headers)}\n${text}`),
        ),
      );
    });
    const paths = pages.flatMap((path) =>
      path.includes("ID") ? ids.map((id) => path.replace("ID", id)) : [path],
    );
    for (const path of paths) {
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      tell(`the page ${path.replaceAll(/con_\w+/g, "con_…")}`, await page.content());
      tell(`what the browser keeps of ${path}`, JSON.stringify(await page.evaluate(kept)));
    }
    await Promise.all(heard);
    return paths.length;
  }
}

/** Runs in the page: every store a page of this origin has, and every value typed. */
async function kept(): Promise<unknown> {
  const found: unknown[] = [document.cookie, location.href];
  for (const store of [localStorage, sessionStorage]) found.push(Object.entries(store));
  for (const box of document.querySelectorAll("input, textarea"))
    found.push((box as HTMLInputElement).value);
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      found.push(request.url, await (await cache.match(request))?.text());
  }
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((done, failed) => {
      const opening = indexedDB.open(name);
      opening.addEventListener("success", () => done(opening.result));
      opening.addEventListener("error", () => failed(new Error(name)));
    });
    for (const store of database.objectStoreNames)
      found.push(
        await new Promise((done) => {
          const reading = database.transaction(store).objectStore(store).getAll();
          reading.addEventListener("success", () => done(reading.result));
        }),
      );
    database.close();
  }
  return found;
}
