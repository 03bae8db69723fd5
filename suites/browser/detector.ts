// What gives a payload away that did more than stand on the page as text.
import type { Page } from "playwright-core";
import { foreignHost, ranBinding } from "./payloads.ts";

export type Detector = {
  /** The payloads that ran or were opened as a dialog, by id. */
  ran: Set<number>;
  /** The payloads whose text stood on the page, by id. */
  drawn: Set<number>;
  /** Notes what stands on the page now, and says what is in its document that only markup can have put there. */
  look: () => Promise<string[]>;
};

/** Before the page shows anything. Foreign requests, violated policies and console errors are its watch's to report. */
export async function detect(page: Page, origin: string): Promise<Detector> {
  const ran = new Set<number>();
  const drawn = new Set<number>();
  await page.exposeBinding(ranBinding, (_, id: number) => void ran.add(id));
  page.on("dialog", (dialog) => void ran.add(Number(dialog.message())));
  const look = async () => {
    const { ids, strange } = await page.evaluate(examine, { origin, ranBinding, foreignHost });
    for (const id of ids) drawn.add(id);
    return strange.map((what) => `${new URL(page.url()).pathname} holds ${what}`);
  };
  return { ran, drawn, look };
}

/** Runs in the page. */
function examine(known: { origin: string; ranBinding: string; foreignHost: string }) {
  const { origin, ranBinding, foreignHost } = known;
  const strange: string[] = [];
  const said: string[] = [document.body.innerText];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      said.push(value);
      if (/^on/i.test(name)) strange.push(`<${element.localName} ${name}>`);
    }
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
      said.push(element.value);
    if (/^(iframe|object|embed|base|form|style|math)$/.test(element.localName) && !isOurs(element))
      strange.push(`<${element.localName}>`);
    const address =
      element.getAttribute("href") ?? element.getAttribute("src") ?? element.getAttribute("action");
    if (address !== null && !isHarmless(element, address))
      strange.push(`<${element.localName}> leading to ${address.slice(0, 80)}`);
  }
  const markers = new RegExp(
    `(?:${ranBinding}|plugboardTestRan|alert|prompt)\\((\\d+)\\)|${foreignHost}/(\\d+)`,
    "g",
  );
  const ids = [...said.join("\n").matchAll(markers)].map((found) => Number(found[1] ?? found[2]));
  return { ids: [...new Set(ids)], strange };

  /** A form that sends nothing by itself, and the style the browser's own parts bring. */
  function isOurs(element: Element): boolean {
    return element instanceof HTMLFormElement && !element.hasAttribute("action");
  }

  function isHarmless(element: Element, address: string): boolean {
    const url = new URL(address, location.href);
    if (url.origin === origin || url.protocol === "blob:") return true;
    if (element instanceof HTMLAnchorElement)
      return /^(https|cursor|vscode):$/.test(url.protocol) && /noreferrer/.test(element.rel);
    return (
      element instanceof HTMLImageElement &&
      /^data:image\/(png|jpeg|gif|webp);base64,/.test(address)
    );
  }
}
