import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Answer,
  call,
  failure,
  network,
  ok,
  policy,
  redirect,
  silence,
  stream,
  useFakeNetwork,
} from "./fake-network";
import type { OutboundPolicy } from "./index";

useFakeNetwork();

describe("a name", () => {
  const dohUrl = "https://dns.acme.com/dns-query";
  const asking = { ...policy, dohUrl };
  /** Records of a name: IPv4, IPv6, or `=` and the name it stands for. */
  let zone: Record<string, string[]>;
  let ttl: number;

  beforeEach(() => {
    zone = {};
    ttl = 300;
    network.answers[dohUrl] = ({ url, headers }) => {
      expect(headers["accept"]).toBe("application/dns-json");
      const { name, type } = Object.fromEntries(new URL(url).searchParams);
      const records = zone[name ?? ""];
      if (records === undefined) return Response.json({ Status: 3 });
      const typed = records.map((data) => {
        if (data.startsWith("=")) return { type: 5, TTL: ttl, data: data.slice(1) };
        return { type: data.includes(":") ? 28 : 1, TTL: ttl, data };
      });
      const wanted = typed.filter(
        (record) => record.type === 5 || record.type === (type === "A" ? 1 : 28),
      );
      return Response.json(wanted.length === 0 ? { Status: 0 } : { Status: 0, Answer: wanted });
    };
  });

  const verdict = async (host: string, by: OutboundPolicy = asking) => {
    network.answers[`https://${host}/`] = ok;
    network.calls = [];
    const outcome = await call(`https://${host}/`, {}, by).then(
      () => "called",
      (error: { code: string }) => error.code,
    );
    expect(network.hosts().includes(host)).toBe(outcome === "called");
    return outcome;
  };

  it.each([
    ["v4.acme.com", ["1.1.1.1", "8.8.8.8"], "called"],
    ["v6.acme.com", ["2606:4700::1111"], "called"],
    ["alias.acme.com", ["=EDGE.cdn.com.", "1.1.1.1"], "called"],
    ["private.acme.com", ["10.0.0.1"], "outbound_refused"],
    ["one-private.acme.com", ["1.1.1.1", "8.8.8.8", "192.168.0.1"], "outbound_refused"],
    ["v6-private.acme.com", ["fd00::1"], "outbound_refused"],
    ["v6-private-beside-public.acme.com", ["1.1.1.1", "fd00:ec2::254"], "outbound_refused"],
    ["mapped.acme.com", ["1.1.1.1", "::ffff:127.0.0.1"], "outbound_refused"],
    ["nat64.acme.com", ["64:ff9b::a00:1"], "outbound_refused"],
    ["loopback.acme.com", ["127.0.0.1"], "outbound_refused"],
    ["metadata.acme.com", ["169.254.169.254"], "outbound_refused"],
    ["alias-to-private.acme.com", ["=other.com.", "10.0.0.1"], "outbound_refused"],
    ["alias-to-internal.acme.com", ["=Db.Internal.", "1.1.1.1"], "outbound_refused"],
    ["nonsense.acme.com", ["not an address"], "outbound_refused"],
    ["empty.acme.com", [], "upstream_unreachable"],
    ["dangling.acme.com", ["=gone.acme.com."], "upstream_unreachable"],
  ])("%s that leads to %j is %s", async (host, records, outcome) => {
    zone[host] = records;
    expect(await verdict(host)).toBe(outcome);
    expect(await verdict(host, { ...asking, allowLoopback: true })).toBe(outcome);
  });

  it("that does not exist is reported as such", async () => {
    const error = await failure(call("https://typo.acme.com/", {}, asking));
    expect(error).toMatchObject({
      code: "upstream_unreachable",
      message: expect.stringContaining("typo.acme.com does not exist"),
    });
  });

  it("is asked for once a minute, and refused when its answer flips", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    zone["flip.acme.com"] = ["1.1.1.1"];
    expect(await verdict("flip.acme.com")).toBe("called");
    expect(network.hosts()).toEqual(["dns.acme.com", "dns.acme.com", "flip.acme.com"]);
    zone["flip.acme.com"] = ["127.0.0.1"];
    vi.advanceTimersByTime(59_000);
    expect(await verdict("flip.acme.com")).toBe("called");
    expect(network.hosts()).toEqual(["flip.acme.com"]);
    vi.advanceTimersByTime(1000);
    expect(await verdict("flip.acme.com")).toBe("outbound_refused");
  });

  it("that asks to be forgotten sooner is asked for sooner", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    ttl = 0;
    zone["brief.acme.com"] = ["1.1.1.1"];
    expect(await verdict("brief.acme.com")).toBe("called");
    zone["brief.acme.com"] = ["10.0.0.1"];
    vi.advanceTimersByTime(5000);
    expect(await verdict("brief.acme.com")).toBe("outbound_refused");
  });

  it("is checked behind a redirect too", async () => {
    zone["start.acme.com"] = ["1.1.1.1"];
    zone["end.acme.com"] = ["10.0.0.1"];
    network.answers["https://start.acme.com/"] = redirect("https://end.acme.com/");
    network.answers["https://end.acme.com/"] = ok;
    expect(await failure(call("https://start.acme.com/", {}, asking))).toMatchObject({
      code: "outbound_refused",
    });
    expect(network.hosts()).not.toContain("end.acme.com");
  });

  it("is checked when an address redirects to it", async () => {
    zone["end-of-address.acme.com"] = ["10.0.0.1"];
    network.answers["https://1.1.1.1/"] = redirect("https://end-of-address.acme.com/");
    network.answers["https://end-of-address.acme.com/"] = ok;
    expect(await failure(call("https://1.1.1.1/", {}, asking))).toMatchObject({
      code: "outbound_refused",
    });
  });

  it("that is refused stays so for a minute, without asking again", async () => {
    zone["refused.acme.com"] = ["10.0.0.1"];
    expect(await verdict("refused.acme.com")).toBe("outbound_refused");
    zone["refused.acme.com"] = ["1.1.1.1"];
    expect(await verdict("refused.acme.com")).toBe("outbound_refused");
    expect(network.calls).toEqual([]);
  });

  it("is not asked for when the host is an address or this machine", async () => {
    network.answers["https://1.1.1.1/"] = ok;
    network.answers["http://localhost/"] = ok;
    await call("https://1.1.1.1/", {}, { ...asking, allowLoopback: true });
    await call("http://localhost/", {}, { ...asking, allowLoopback: true });
    expect(network.hosts()).toEqual(["1.1.1.1", "localhost"]);
  });

  it("keeps the query that the resolver's own URL has", async () => {
    network.answers["https://dns.acme.com/dns-query"] = ({ url }) => {
      expect(new URL(url).searchParams.get("token")).toBe("t");
      return Response.json({ Status: 0, Answer: [{ type: 1, data: "1.1.1.1" }] });
    };
    expect(await verdict("tokens.acme.com", { ...asking, dohUrl: `${dohUrl}?token=t` })).toBe(
      "called",
    );
  });

  const found = { Status: 0, Answer: [{ type: 1, TTL: 300, data: "1.1.1.1" }] };
  it.each<[string, Answer]>([
    ["is down", () => Promise.reject(new Error("Network connection lost."))],
    ["answers 500", () => Response.json(found, { status: 500 })],
    ["redirects", redirect("https://1.1.1.1/")],
    ["answers HTML", () => new Response("<html>")],
    ["answers another JSON", () => Response.json({ answer: "1.1.1.1" })],
    [
      "fails for one family",
      ({ url }) => Response.json(url.includes("AAAA") ? { Status: 2 } : found),
    ],
    ["never ends", stream([...Array(100).fill(" ".repeat(1024)), JSON.stringify(found)])],
  ])("is not called while the resolver %s, and is called once it recovers", async (why, answer) => {
    const host = `${why.replaceAll(" ", "-").toLowerCase()}.acme.com`;
    zone[host] = ["1.1.1.1"];
    const healthy = network.answers[dohUrl] as Answer;
    network.answers[dohUrl] = answer;
    expect(await verdict(host)).toBe("upstream_unreachable");
    network.answers[dohUrl] = healthy;
    expect(await verdict(host)).toBe("called");
  });

  it("counts towards the time limit, and the caller can stop it", async () => {
    network.answers[dohUrl] = silence;
    expect(await failure(call("https://slow.acme.com/", { timeoutMs: 20 }, asking))).toMatchObject({
      code: "upstream_unreachable",
    });
    const reason = new Error("The client went away.");
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 10);
    expect(await failure(call("https://slow.acme.com/", { signal: stop.signal }, asking))).toBe(
      reason,
    );
  });
});
