import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../web/headers.ts";
import { launchBrowser } from "./browser.ts";
import { detect } from "./detector.ts";
import { allInOne, payloads, type Payload, type PayloadKind } from "./payloads.ts";
import { runUntrustedText, untrustedTextSize } from "./untrusted-text.ts";
import { watchPage } from "./watch.ts";

it("shows what servers, tools and clients say as text, wherever they say it", async () => {
  const { line, broken } = await runUntrustedText(untrustedTextSize.tenth);
  console.log(line);
  expect(broken).toEqual([]);
}, 480_000);

/** A page that takes payloads for markup: without a policy, or with the dashboard's. */
describe("the detector notices", () => {
  let browser: Browser;
  const careless = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    if (_.url === "/protected")
      response.setHeader("content-security-policy", contentSecurityPolicy);
    response.end("<!doctype html><body>");
  });
  let origin = "";

  beforeAll(async () => {
    browser = await launchBrowser();
    await new Promise<void>((ready) => careless.listen(0, "127.0.0.1", ready));
    origin = `http://localhost:${(careless.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser.close();
    careless.close();
  });

  async function open(path: string) {
    const page = await browser.newPage();
    const watch = await watchPage(page, origin);
    const detector = await detect(page, origin);
    await page.goto(`${origin}${path}`);
    return { page, watch, detector };
  }

  /** What comes after a payload ends a tag it left open. */
  const carelessly = (text: string) => `<body>${text}\n>`;
  /** Each in a frame of its own. */
  const frame = (page: Page, some: readonly Payload[]) =>
    page.evaluate(
      (texts) => {
        for (const text of texts) {
          const frame = document.createElement("iframe");
          frame.srcdoc = text;
          document.body.append(frame);
        }
      },
      some.map(({ text }) => carelessly(text)),
    );
  const ofKind = (kind: PayloadKind) => payloads.filter((payload) => payload.kind === kind);

  it("every payload that runs", async () => {
    const { page, detector } = await open("/");
    const expectRun = ({ id, text }: Payload) =>
      expect
        .poll(() => detector.ran.has(id), { message: text, timeout: 3000, interval: 5 })
        .toBe(true);
    // A page gives its focus once, whatever its frames ask for.
    const focused = ofKind("runs").filter(({ text }) => text.includes("autofocus"));
    const framed = ofKind("runs").filter((payload) => !focused.includes(payload));
    await frame(page, framed);
    for (const payload of framed) await expectRun(payload);
    for (const payload of focused) {
      await page.goto(origin);
      await page
        .setContent(carelessly(payload.text), { waitUntil: "commit" })
        .catch(() => undefined);
      await expectRun(payload);
    }
  });

  it("every payload that loads something", async () => {
    const { page, watch } = await open("/");
    await frame(page, ofKind("loads"));
    for (const { id, text } of ofKind("loads")) {
      const asked = () =>
        watch.problems.some((said) => new RegExp(`^foreign.*/${id}\\b`).test(said));
      await expect.poll(asked, { message: text, timeout: 3000, interval: 5 }).toBe(true);
    }
  });

  it("every payload that is followed as an address", async () => {
    const { page, detector } = await open("/");
    for (const { id, text } of ofKind("followed")) {
      await page.evaluate((address) => {
        document.body.innerHTML = "<a>x</a>";
        document.querySelector("a")?.setAttribute("href", address);
      }, text);
      expect(await detector.look()).toEqual([expect.stringContaining("leading to")]);
      await page.click("a");
      await expect
        .poll(() => detector.ran.has(id), { message: text, timeout: 3000, interval: 5 })
        .toBe(true);
    }
  });

  it("all of them in one text, as markup and as an address", async () => {
    const { page, detector } = await open("/");
    await frame(page, [allInOne]);
    await expect.poll(() => detector.ran.size).toBeGreaterThan(10);
    await expect.poll(() => detector.look()).not.toEqual([]);
    detector.ran.clear();
    await page.evaluate((address) => {
      document.body.innerHTML = "<a>x</a>";
      document.querySelector("a")?.setAttribute("href", address);
    }, allInOne.text);
    await page.click("a");
    await expect.poll(() => detector.ran.has(allInOne.id)).toBe(true);
  });

  it("what the policy stops, by its report", async () => {
    const { page, watch } = await open("/protected");
    await page.evaluate(() => void fetch("https://evil.example/").catch(() => undefined));
    await expect.poll(() => watch.problems.some((said) => said.startsWith("policy: "))).toBe(true);
    expect(watch.problems.some((said) => said.startsWith("console: "))).toBe(true);
  });

  it("markup in a string, by the trusted types", async () => {
    const { page, watch } = await open("/protected");
    await expect(page.evaluate(() => (document.body.innerHTML = "<b>x</b>"))).rejects.toThrow();
    await expect.poll(() => watch.problems.join()).toContain("policy: require-trusted-types-for");
  });
});
