import { describe, expect, it } from "vitest";
import { judgeAddress, judgeUrl, type OutboundPolicy } from "./index";

const strict: OutboundPolicy = {
  allowLoopback: false,
  dohUrl: undefined,
  ownHosts: ["hub.acme.com", "203.14.5.6", "edge.acme.com:8443"],
};
const local: OutboundPolicy = { ...strict, allowLoopback: true, ownHosts: ["127.0.0.1:8787"] };

/** Refused by every policy. */
const refused: Record<string, string[]> = {
  "unspecified and mapped": [
    "https://0.0.0.0/",
    "https://0/",
    "https://0.1.2.3/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:7f00:0001]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[::127.0.0.1]/",
    "https://[::ffff:0:127.0.0.1]/",
  ],
  "IPv4 carried in IPv6": [
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b::169.254.169.254]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2002:a00:1::1]/",
    "https://[2001:0:53aa:64c:0:0:80ff:fffe]/",
    "https://[2606:4700::5efe:127.0.0.1]/",
    "https://[2606:4700::200:5efe:10.0.0.1]/",
  ],
  "private, link-local and shared IPv4": [
    "https://10.0.0.1/",
    "https://10.255.255.255/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://169.254.43518/",
    "https://１６９.２５４.１６９.２５４/",
    "https://100.64.0.1/",
    "https://100.100.100.200/",
    "https://100.127.255.255/",
  ],
  "private and link-local IPv6": [
    "https://[fe80::1]/",
    "https://[febf::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fec0::1]/",
    "https://[fc00::1]/",
    "https://[fd00:ec2::254]/",
    "https://[fdff:ffff::1]/",
  ],
  "reserved, documentation and benchmarking": [
    "https://192.0.0.1/",
    "https://192.0.0.192/",
    "https://192.0.2.1/",
    "https://192.88.99.1/",
    "https://198.18.0.1/",
    "https://198.19.255.255/",
    "https://198.51.100.1/",
    "https://203.0.113.1/",
    "https://224.0.0.1/",
    "https://239.255.255.255/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[100::1]/",
    "https://[2001:2::1]/",
    "https://[2001:20::1]/",
    "https://[2001:db8::1]/",
    "https://[3fff::1]/",
    "https://[4000::1]/",
    "https://[5f00::1]/",
    "https://[ff02::1]/",
  ],
  "metadata by name or by public address": [
    "https://metadata.google.internal/",
    "https://METADATA.google.internal./",
    "https://metadata.goog/",
    "https://metadata/",
    "https://metadata.azure.com/",
    "https://metadata.aliyuncs.com/",
    "https://metadata.oraclecloud.com/",
    "https://instance-data/",
    "https://instance-data.ec2.internal/",
    "https://168.63.129.16/",
  ],
  "names of this network": [
    "https://printer/",
    "https://printer./",
    "https://printer.local/",
    "https://db.internal/",
    "https://api.default.svc/",
    "https://api.default.svc.cluster.local/",
    "https://router.home.arpa/",
    "https://nas.lan/",
    "https://app.localhost/",
    "https://localhost.localdomain/",
    "https://wiki.corp/",
  ],
  "names that embed an address": [
    "https://127.0.0.1.nip.io/",
    "https://a9fea9fe.NIP.io./",
    "https://10-0-0-1.sslip.io/",
    "https://10.0.0.1.xip.io/",
    "https://localtest.me/",
    "https://app.localtest.me/",
    "https://lvh.me/",
    "https://vcap.me/",
  ],
  "userinfo and parser tricks": [
    "https://user@api.acme.com/",
    "https://user:pass@api.acme.com/",
    "https://:pass@api.acme.com/",
    "https://api.acme.com@10.0.0.1/",
    "https://api.acme.com%2f@10.0.0.1/",
    "https://api.acme.com:443@10.0.0.1/",
    "https://10.0.0.1#@api.acme.com/",
    "https://10.0.0.1?@api.acme.com/",
    "https://10.0.0.1\\@api.acme.com/",
    "https://10.0.0.1%00.acme.com/",
    "https://10.0.0.1%2eacme.com%00/",
    "https://10.0.0.1./",
    "https://10.0.0.1../",
    "https://10.0.0.1 /",
    "https:10.0.0.1",
    "https:/10.0.0.1",
    "https:\\\\10.0.0.1",
    " https://10.0.0.1/\n",
    "https://10.0\t.0.1/",
    "https://10。0。0。1/",
    "https://api..acme.com/",
    "https://.acme.com/",
    "https://./",
    "https://api.acme.com../",
    "https://a!b.acme.com/",
    "https://api,evil.acme.com/",
    `https://${"a.".repeat(127)}com/`,
  ],
  "other schemes": [
    "http://api.acme.com/",
    "http://1.1.1.1/",
    "gopher://127.0.0.1:6379/_INFO",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "data:text/plain,hello",
    "blob:https://api.acme.com/1",
    "javascript:alert(1)",
    "ws://127.0.0.1/",
    "wss://api.acme.com/",
  ],
  "other ports": [
    "https://api.acme.com:22/",
    "https://api.acme.com:6379/",
    "https://api.acme.com:0/",
    "https://1.1.1.1:8080/",
    "https://[2606:4700:4700::1111]:9200/",
  ],
  "no URL": ["", "api.acme.com", "//10.0.0.1/", "https://", "https://[::1", "https://256.1.1.1/"],
};

/** Every way to write this machine. */
const loopback = [
  "https://127.0.0.1/",
  "http://127.0.0.1:8080/mcp",
  "http://127.0.0.1./",
  "http://127.1:3000/",
  "http://127.255.255.254/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://017700000001/",
  "http://①②⑦.⓪.⓪.①/",
  "http://127。0。0。1/",
  "http://[::1]:22/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://localhost/",
  "http://localhost:6379/",
  "https://localhost./",
  "http://LOCALHOST/",
  "http://ⓛocalhost/",
];

const allowed = [
  ["https://api.acme.com/v1?key=1", "name"],
  ["https://api.acme.com./", "name"],
  ["https://api.acme.com:443/", "name"],
  ["https://api.acme.com:8443/", "name"],
  ["https://api.acme.com:80/", "name"],
  ["https://münchen.de/", "name"],
  ["https://my_bucket.s3.amazonaws.com/", "name"],
  ["https://internal.acme.com/", "name"],
  ["https://localhost.acme.com/", "name"],
  ["https://notnip.io/", "name"],
  ["https://evilhub.acme.com/", "name"],
  ["https://api.hub.acme.com/", "name"],
  ["https://edge.acme.com/", "name"],
  ["https://api.acme.com#@10.0.0.1/", "name"],
  ["https://api.acme.com\\@10.0.0.1/", "name"],
  ["https://1.1.1.1/", "address"],
  ["https://134744072/", "address"],
  ["https://9.255.255.255/", "address"],
  ["https://[2606:4700:4700::1111]/", "address"],
] as const;

const flat = Object.entries(refused).flatMap(([group, urls]) => urls.map((url) => [group, url]));

describe("a URL", () => {
  it.each(flat)("is refused (%s): %j", (_, url) => {
    for (const policy of [strict, local]) {
      expect(judgeUrl(url, policy)).toEqual({ ok: false, reason: expect.any(String) });
    }
  });

  it.each(loopback)("reaches this machine only where loopback is allowed: %j", (url) => {
    expect(judgeUrl(url, strict).ok).toBe(false);
    expect(judgeUrl(url, local)).toMatchObject({ ok: true, host: "loopback" });
  });

  it.each(allowed)("may be called: %j", (url, host) => {
    for (const policy of [strict, local]) {
      expect(judgeUrl(url, policy)).toEqual({ ok: true, url: new URL(url), host });
    }
  });

  it("is judged the same when it comes as an object", () => {
    expect(judgeUrl(new URL("https://10.0.0.1/"), strict).ok).toBe(false);
    expect(judgeUrl(new URL("https://api.acme.com/"), strict).ok).toBe(true);
  });

  it("is judged by what is particular to it, not only by its origin, once the origin is known", () => {
    expect(judgeUrl("https://known.acme.com/", strict).ok).toBe(true);
    expect(judgeUrl("https://user@known.acme.com/", strict).ok).toBe(false);
    expect(judgeUrl("http://known.acme.com/", strict).ok).toBe(false);
    expect(judgeUrl("https://known.acme.com:22/", strict).ok).toBe(false);
    expect(judgeUrl("blob:https://known.acme.com/1", strict).ok).toBe(false);
    expect(judgeUrl("http://127.0.0.1:4000/", local).ok).toBe(true);
    expect(judgeUrl("http://127.0.0.1:4000/", { ...local, allowLoopback: false }).ok).toBe(false);
    expect(
      judgeUrl("https://known.acme.com/", { ...strict, ownHosts: ["known.acme.com"] }).ok,
    ).toBe(false);
  });

  it.each([
    "https://hub.acme.com/mcp",
    "https://HUB.acme.com./",
    "https://hub.acme.com:8443/",
    "https://203.14.5.6/",
    "https://edge.acme.com:8443/",
  ])("never leads to the hub itself: %s", (url) => {
    expect(judgeUrl(url, strict)).toMatchObject({ reason: expect.stringContaining("hub itself") });
    expect(judgeUrl(url, { ...strict, ownHosts: [] }).ok).toBe(true);
  });

  it("never leads to the hub itself by another spelling of loopback", () => {
    for (const host of [
      "127.0.0.1",
      "127.9.9.9",
      "localhost",
      "localhost.",
      "[::1]",
      "2130706433",
    ]) {
      expect(judgeUrl(`http://${host}:8787/`, local).ok).toBe(false);
      expect(judgeUrl(`http://${host}:8788/`, local).ok).toBe(true);
    }
  });

  it("is named in the reason by its host alone", () => {
    for (const url of [
      "https://sesame:sesame@10.0.0.1/sesame?sesame#sesame",
      "https://10.0.0.1/sesame?sesame#sesame",
      "http://api.acme.com/sesame?sesame",
      "https://api.acme.com:22/sesame?sesame",
      "https://hub.acme.com/sesame?sesame",
      "sesame://10.0.0.1/",
      "sesame:sesame@10.0.0.1",
    ]) {
      const verdict = judgeUrl(url, strict);
      expect(verdict.ok ? "allowed" : verdict.reason).not.toMatch(/sesame|allowed/);
    }
  });
});

describe("an address", () => {
  const borders: [outside: string, first: string, last: string, outside: string][] = [
    ["9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"],
    ["100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"],
    ["126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"],
    ["169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"],
    ["172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"],
    ["191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"],
    ["192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"],
    ["192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"],
    ["198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"],
    ["198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"],
    ["203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"],
    ["223.255.255.255", "224.0.0.0", "255.255.255.255", "1.0.0.0"],
    ["3ffe:ffff::", "3fff::", "3fff:fff:ffff::", "2a00::1"],
    ["2001:db7:ffff::", "2001:db8::", "2001:db8:ffff::", "2001:db9::"],
    ["2001:ffff::", "2002::", "2002:ffff::", "2003::"],
    ["2001:200::", "2001::", "2001:1ff:ffff::", "2003::"],
    ["3000::", "4000::", "ffff::", "2000::1"],
    ["2000::1", "::", "1fff:ffff::", "2a00::1"],
  ];
  it.each(borders)("is public up to %s, not from %s to %s, and again from %s", (a, b, c, d) => {
    const verdict = (ip: string) => judgeAddress(ip, { allowLoopback: false }).ok;
    expect([a, b, c, d].map(verdict)).toEqual([true, false, false, true]);
  });

  it.each(["", "nonsense", "1.1", "0x7f.0.0.1", "010.8.8.8", "1.1.1.1%eth0", "2606:4700::1%eth0"])(
    "is refused when it is no canonical address: %j",
    (ip) => expect(judgeAddress(ip, { allowLoopback: true }).ok).toBe(false),
  );

  it("of this machine is allowed by policy, its mapped form is not", () => {
    expect(judgeAddress("127.0.0.1", { allowLoopback: true })).toEqual({
      ok: true,
      loopback: true,
    });
    expect(judgeAddress("::1", { allowLoopback: true })).toEqual({ ok: true, loopback: true });
    expect(judgeAddress("::ffff:127.0.0.1", { allowLoopback: true }).ok).toBe(false);
  });
});

it("is judged by the policy of each who asks, whatever another was told of the same URL", () => {
  const url = "http://127.0.0.1:9999/mcp";
  for (let n = 0; n < 2; n++) {
    expect(judgeUrl(url, local).ok).toBe(true);
    expect(judgeUrl(url, strict).ok).toBe(false);
    expect(judgeUrl(url, { ...local, ownHosts: ["127.0.0.1:9999"] }).ok).toBe(false);
  }
});
