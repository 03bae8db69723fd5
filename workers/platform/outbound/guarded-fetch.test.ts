import { describe, expect, it, vi } from "vitest";
import {
  type Answer,
  call,
  failure,
  network,
  ok,
  policy,
  read,
  redirect,
  silence,
  stream,
  useFakeNetwork,
} from "./fake-network";
import type { OutboundRequest } from "./index";

useFakeNetwork();

describe("a call", () => {
  it("goes out with its method, headers and body", async () => {
    network.answers["https://api.acme.com/v1"] = ok;
    const response = await call("https://api.acme.com/v1?q=1", {
      method: "post",
      headers: { Authorization: "Bearer sesame", "X-Key": "k" },
      body: "{}",
    });
    expect(await response.text()).toBe("fine");
    expect(network.calls).toEqual([
      {
        url: "https://api.acme.com/v1?q=1",
        method: "POST",
        headers: { authorization: "Bearer sesame", "x-key": "k" },
        body: "{}",
      },
    ]);
  });

  it("sends nothing when the URL is refused", async () => {
    for (const url of ["https://10.0.0.1/", "http://api.acme.com/", "https://hub.acme.com/", "x"]) {
      expect(await failure(call(url))).toMatchObject({ code: "outbound_refused" });
    }
    expect(network.calls).toEqual([]);
  });

  it("sends nothing when a header cannot be sent as it is", async () => {
    for (const headers of [
      { "x-key": "a\nsesame" },
      { "x-key": "sésame" },
      { "x key": "sesame" },
    ]) {
      const error = await failure(call("https://api.acme.com/", { headers }));
      expect(error).toMatchObject({ code: "outbound_refused" });
      expect(String(error)).not.toMatch(/s[eé]same/);
    }
    expect(network.calls).toEqual([]);
  });

  it("returns any status that is no redirect, and a redirect that says no place", async () => {
    for (const status of [200, 304, 404, 500]) {
      network.answers["https://api.acme.com/"] = () => new Response(null, { status });
      expect((await call("https://api.acme.com/")).status).toBe(status);
    }
    network.answers["https://api.acme.com/"] = () => new Response("where?", { status: 302 });
    expect((await call("https://api.acme.com/")).status).toBe(302);
  });

  it("keeps the network's own words in the cause", async () => {
    const cause = new Error("Network connection lost.");
    network.answers["https://api.acme.com/"] = () => Promise.reject(cause);
    const error = await failure(call("https://api.acme.com/"));
    expect(error).toMatchObject({ code: "upstream_unreachable", cause });
    expect(String(error)).toContain("api.acme.com");
    expect(String(error)).not.toContain(cause.message);
  });
});

describe("a redirect", () => {
  const local = { ...policy, allowLoopback: true };

  it("is followed, relative or absolute, up to five times", async () => {
    network.answers["https://api.acme.com/0"] = redirect("/1");
    network.answers["https://api.acme.com/1"] = redirect("2");
    network.answers["https://api.acme.com/2"] = redirect("https://eu.acme.com/3");
    network.answers["https://eu.acme.com/3"] = redirect("//us.acme.com/4");
    network.answers["https://us.acme.com/4"] = redirect("https://us.acme.com/5");
    network.answers["https://us.acme.com/5"] = ok;
    expect((await call("https://api.acme.com/0")).status).toBe(200);
    expect(network.calls.length).toBe(6);
  });

  it("is refused the sixth time", async () => {
    for (let i = 0; i < 6; i++)
      network.answers[`https://api.acme.com/${i}`] = redirect(`/${i + 1}`);
    network.answers["https://api.acme.com/6"] = ok;
    expect(await failure(call("https://api.acme.com/0"))).toMatchObject({
      code: "upstream_invalid",
    });
    expect(network.calls.length).toBe(6);
  });

  it("is refused at once where the policy follows none", async () => {
    network.answers["https://api.acme.com/"] = redirect("/1");
    network.answers["https://api.acme.com/1"] = ok;
    const error = await failure(call("https://api.acme.com/", {}, { ...policy, maxRedirects: 0 }));
    expect(error).toMatchObject({ code: "outbound_refused" });
    expect(network.calls.length).toBe(1);
  });

  it.each([
    ["a private address", "https://10.0.0.1/"],
    ["cloud metadata", "http://169.254.169.254/latest/"],
    ["a mapped address", "https://[::ffff:10.0.0.1]/"],
    ["a local name", "https://printer.local/"],
    ["the hub itself", "https://hub.acme.com/"],
    ["plain http", "http://api.acme.com/"],
    ["another port", "https://api.acme.com:22/"],
    ["userinfo", "https://user:sesame@api.acme.com/"],
    ["ftp", "ftp://api.acme.com/"],
    ["file", "file:///etc/passwd"],
    ["data", "data:text/plain,sesame"],
    ["javascript", "javascript:alert(1)"],
    ["gopher", "gopher://127.0.0.1:6379/_INFO"],
    ["nowhere", "https://["],
    ["this machine, refused by policy", "http://127.0.0.1/"],
  ])("to %s is refused, for every status", async (_, location) => {
    for (const status of [301, 302, 303, 307, 308]) {
      network.calls = [];
      network.answers["https://api.acme.com/start"] = redirect(location, status);
      const error = await failure(call("https://api.acme.com/start"));
      expect(error).toMatchObject({ code: "outbound_refused" });
      expect(String(error)).toContain("api.acme.com redirected");
      expect(String(error)).not.toContain("sesame");
      expect(network.calls.length).toBe(1);
    }
  });

  it("may lead to this machine only from this machine", async () => {
    network.answers["http://127.0.0.1:4000/"] = redirect("http://localhost:5000/");
    network.answers["http://localhost:5000/"] = ok;
    network.answers["https://api.acme.com/"] = redirect("http://127.0.0.1:4000/");
    expect((await call("http://127.0.0.1:4000/", {}, local)).status).toBe(200);
    expect(await failure(call("https://api.acme.com/", {}, local))).toMatchObject({
      code: "outbound_refused",
    });
    expect(network.hosts()).toEqual(["127.0.0.1:4000", "localhost:5000", "api.acme.com"]);
  });

  it("to this machine is refused once the call has left it", async () => {
    network.answers["http://127.0.0.1:4000/"] = redirect("https://api.acme.com/");
    network.answers["https://api.acme.com/"] = redirect("http://127.0.0.1:4000/again");
    network.answers["http://127.0.0.1:4000/again"] = ok;
    expect(await failure(call("http://127.0.0.1:4000/", {}, local))).toMatchObject({
      code: "outbound_refused",
    });
  });

  it("leaves no unread body open", async () => {
    const onCancel = vi.fn();
    const moved = stream(["moved"], { onCancel });
    network.answers["https://api.acme.com/"] = async (given, signal) =>
      new Response((await moved(given, signal)).body, redirect("/new")());
    network.answers["https://api.acme.com/new"] = ok;
    await call("https://api.acme.com/");
    expect(onCancel).toHaveBeenCalledOnce();
  });

  const secrets = {
    Authorization: "Bearer sesame",
    Cookie: "sesame",
    "X-Api-Key": "sesame",
    "Mcp-Session-Id": "sesame",
    "Proxy-Authorization": "sesame",
    Referer: "sesame",
    Accept: "application/json",
    "User-Agent": "plugboard",
  };

  it("within one origin keeps every header", async () => {
    network.answers["https://api.acme.com/"] = redirect("/v2");
    network.answers["https://api.acme.com/v2"] = ok;
    await call("https://api.acme.com/", { headers: secrets });
    expect(network.calls[1]?.headers).toEqual(network.calls[0]?.headers);
    expect(network.calls[1]?.headers["x-api-key"]).toBe("sesame");
  });

  it.each(["https://eu.acme.com/", "https://api.acme.com:8443/", "https://evil.com/"])(
    "to another origin (%s) takes no credential along, nor does the way back",
    async (elsewhere) => {
      network.answers["https://api.acme.com/"] = redirect(elsewhere, 307);
      network.answers[elsewhere] = redirect("https://api.acme.com/back");
      network.answers["https://api.acme.com/back"] = ok;
      for (const headers of [secrets, new Headers(secrets)]) {
        network.calls = [];
        await call("https://api.acme.com/", { headers });
        for (const { headers: sent } of network.calls.slice(1)) {
          expect(sent).toEqual({ accept: "application/json", "user-agent": "plugboard" });
        }
        expect(network.calls.length).toBe(3);
        expect(new Headers(headers).get("authorization")).toBe("Bearer sesame");
      }
    },
  );

  it.each([
    ["POST", 301, "GET"],
    ["POST", 302, "GET"],
    ["POST", 303, "GET"],
    ["POST", 307, "POST"],
    ["POST", 308, "POST"],
    ["PUT", 301, "PUT"],
    ["PUT", 302, "PUT"],
    ["PUT", 303, "GET"],
    ["DELETE", 308, "DELETE"],
  ])("turns %s after %i into %s, with or without the body", async (method, status, then) => {
    network.answers["https://api.acme.com/"] = redirect("https://eu.acme.com/", status);
    network.answers["https://eu.acme.com/"] = ok;
    const body = new TextEncoder().encode("{}");
    const headers = { "content-type": "application/json" };
    await call("https://api.acme.com/", { method, headers, body });
    expect(network.calls[1]).toMatchObject(
      then === "GET" ? { method: then, headers: {}, body: null } : { method: then, headers, body },
    );
    expect("content-type" in (network.calls[1]?.headers ?? {})).toBe(then !== "GET");
  });

  it("keeps HEAD a HEAD", async () => {
    network.answers["https://api.acme.com/"] = redirect("/x", 303);
    network.answers["https://api.acme.com/x"] = () => new Response(null);
    await call("https://api.acme.com/", { method: "HEAD" });
    expect(network.calls[1]?.method).toBe("HEAD");
  });
});

describe("the time limit", () => {
  it("ends a call that gets no answer, whether the caller has a signal or not", async () => {
    network.answers["https://api.acme.com/"] = silence;
    for (const signal of [undefined, new AbortController().signal]) {
      expect(await failure(call("https://api.acme.com/", { timeoutMs: 20, signal }))).toMatchObject(
        { code: "upstream_timeout" },
      );
    }
  });

  it("holds for all redirects together", async () => {
    const slow = async () => {
      await scheduler.wait(40);
      return redirect("/")();
    };
    network.answers["https://api.acme.com/"] = (given, signal) =>
      Promise.race([slow(), silence(given, signal)]);
    expect(await failure(call("https://api.acme.com/", { timeoutMs: 100 }))).toMatchObject({
      code: "upstream_timeout",
    });
  });

  it("ends with the headers: a body may take longer", async () => {
    network.answers["https://api.acme.com/"] = stream(["slow ", 60, "body"]);
    expect(await read("https://api.acme.com/", { timeoutMs: 30 })).toBe("slow body");
  });
});

describe("the caller's signal", () => {
  const reason = new Error("The client went away.");

  it("sends nothing when it is aborted already", async () => {
    expect(
      await failure(call("https://api.acme.com/", { signal: AbortSignal.abort(reason) })),
    ).toBe(reason);
    expect(network.calls).toEqual([]);
  });

  it.each(["https://api.acme.com/silent", "https://api.acme.com/hanging"])(
    "ends the call with its own reason, before and within the body: %s",
    async (url) => {
      network.answers["https://api.acme.com/silent"] = silence;
      network.answers["https://api.acme.com/hanging"] = stream(["begin", "hang"]);
      const stop = new AbortController();
      setTimeout(() => stop.abort(reason), 10);
      expect(await failure(read(url, { signal: stop.signal }))).toBe(reason);
    },
  );
});

it("no error names a header, the userinfo, the path or the query", async () => {
  const here = "https://api.acme.com/sesame";
  const headers = { authorization: "sesame", "x-api-key": "sesame" };
  const ways: [Answer, Partial<OutboundRequest>?][] = [
    [() => Promise.reject(new Error("sesame"))],
    [silence, { timeoutMs: 10 }],
    [stream(["x".repeat(20)]), { maxBytes: 10 }],
    [stream(["x"], { headers: { "content-length": "20" } }), { maxBytes: 10 }],
    [stream(["x", "hang"]), { idleTimeoutMs: 10 }],
    [stream(["x", new Error("sesame")])],
    [redirect("/sesame?sesame")],
    [redirect("https://sesame:sesame@10.0.0.1/sesame?sesame")],
    [redirect("https://10.0.0.1/sesame?sesame")],
    [redirect("sesame:sesame")],
    [redirect("https://[sesame")],
  ];
  for (const [answer, request] of ways) {
    network.answers[here] = answer;
    const error = (await failure(
      read(`${here}?sesame=sesame#sesame`, { headers, ...request }),
    )) as Error & { details: unknown };
    expect(error.name).toBe("HubError");
    expect(error.message + JSON.stringify(error.details)).not.toContain("sesame");
  }
});
