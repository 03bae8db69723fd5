import { describe, expect, it, vi } from "vitest";
import { call, failure, network, ok, read, stream, useFakeNetwork } from "./fake-network";

useFakeNetwork();

describe("a body", () => {
  const url = "https://api.acme.com/";

  it("of the largest size is read whole, one byte more is refused and the rest not fetched", async () => {
    const onCancel = vi.fn();
    network.answers[url] = stream(["12345", "67890"]);
    expect(await read(url, { maxBytes: 10 })).toBe("1234567890");
    network.answers[url] = stream(["12345", "67890", "1", "never read"], { onCancel });
    expect(await failure(read(url, { maxBytes: 10 }))).toMatchObject({
      code: "upstream_too_large",
    });
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it("is held to 10 MiB unless told", async () => {
    const mebibyte = "x".repeat(2 ** 20);
    network.answers[url] = stream(Array(10).fill(mebibyte));
    expect((await read(url)).length).toBe(10 * 2 ** 20);
    network.answers[url] = stream([...Array(10).fill(mebibyte), "x"]);
    expect(await failure(read(url))).toMatchObject({ code: "upstream_too_large" });
  });

  it("that announces too much is refused unread", async () => {
    const onCancel = vi.fn();
    network.answers[url] = stream(["x"], { headers: { "content-length": "11" }, onCancel });
    expect(await failure(call(url, { maxBytes: 10 }))).toMatchObject({
      code: "upstream_too_large",
    });
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it("of a known length is handed on as it is", async () => {
    const original = ok();
    network.answers[url] = () => original;
    expect(await call(url)).toBe(original);
  });

  it.each([
    ["is encoded", { "content-encoding": "gzip" }],
    ["is chunked as well", { "transfer-encoding": "chunked" }],
    ["is no number", { "content-length": "-1" }],
    ["is two numbers", { "content-length": "2, 2" }],
  ])("is counted when its length %s", async (_, headers) => {
    network.answers[url] = stream(["x".repeat(20)], {
      headers: { "content-length": "2", ...headers },
    });
    expect(await failure(read(url, { maxBytes: 10 }))).toMatchObject({
      code: "upstream_too_large",
    });
  });

  it("keeps status, headers and final URL, but not what described it before decoding", async () => {
    const headers = { "content-encoding": "gzip", "content-length": "2", "x-request-id": "r1" };
    network.answers[url] = stream(["decoded"], { headers });
    const response = await call(url);
    expect(Object.fromEntries(response.headers)).toEqual({ "x-request-id": "r1" });
    expect(response.url).toBe("https://api.acme.com/");
    expect(await response.text()).toBe("decoded");
  });

  it("streams event by event", async () => {
    let second = false;
    network.answers[url] = () =>
      new Response(
        new ReadableStream<Uint8Array>(
          {
            async pull(controller) {
              controller.enqueue(new TextEncoder().encode(second ? "data: 2\n\n" : "data: 1\n\n"));
              if (second) controller.close();
              second = true;
            },
          },
          { highWaterMark: 0 },
        ),
        { headers: { "content-type": "text/event-stream" } },
      );
    const reader = ((await call(url)).body as ReadableStream<Uint8Array>).getReader();
    expect(second).toBe(false);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("data: 1\n\n");
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("data: 2\n\n");
    expect((await reader.read()).done).toBe(true);
  });

  it("that falls silent ends as a timeout, even when its length is known", async () => {
    const onCancel = vi.fn();
    for (const headers of [{}, { "content-length": "100" }]) {
      network.answers[url] = stream(["begin", "hang"], { headers, onCancel });
      expect(await failure(read(url, { idleTimeoutMs: 20 }))).toMatchObject({
        code: "upstream_timeout",
      });
    }
    expect(onCancel).toHaveBeenCalledTimes(2);
  });

  it("may take longer than the idle limit as long as it goes on", async () => {
    network.answers[url] = stream(["a", 60, "b", 60, "c", 60, "d", 60, "e"]);
    expect(await read(url, { idleTimeoutMs: 180 })).toBe("abcde");
  });

  it("is not idle while its reader is", async () => {
    network.answers[url] = stream(["a", "b"]);
    const reader = ((await call(url, { idleTimeoutMs: 20 })).body as ReadableStream).getReader();
    await reader.read();
    await scheduler.wait(60);
    expect((await reader.read()).value).toEqual(new TextEncoder().encode("b"));
  });

  it("that breaks off says so, and keeps the cause", async () => {
    const cause = new Error("Network connection lost.");
    network.answers[url] = stream(["begin", cause]);
    expect(await failure(read(url))).toMatchObject({ code: "upstream_unreachable", cause });
  });

  it("is cancelled upstream when its reader cancels", async () => {
    const onCancel = vi.fn();
    network.answers[url] = stream(["a", "b"], { onCancel });
    await (await call(url)).body?.cancel("enough");
    expect(onCancel).toHaveBeenCalledOnce();
  });
});
