import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { knockAt } from "./guarded-connect";
import type { OutboundPolicy } from "./policy";

const policy: OutboundPolicy = { allowLoopback: true, dohUrl: undefined, ownHosts: [] };
const timeoutMs = 2000;

it("hears whether a port answers", async () => {
  const port = Number(new URL(env.FIXTURE_URL).port);
  await expect(knockAt(policy, { host: "127.0.0.1", port, timeoutMs })).resolves.toBeUndefined();
  await expect(knockAt(policy, { host: "127.0.0.1", port: 1, timeoutMs })).rejects.toMatchObject({
    code: "upstream_unreachable",
    message: expect.stringContaining("127.0.0.1:1"),
  });
});

it.each([
  "10.0.0.1",
  "169.254.169.254",
  "fd00::1",
  "[fd00::1]",
  "0x0a000001",
  "metadata.google.internal",
  "a.local",
  "",
])("never knocks where the hub does not go: %s", async (host) => {
  await expect(knockAt(policy, { host, port: 5432, timeoutMs })).rejects.toMatchObject({
    code: "outbound_refused",
  });
});

it("knocks at this machine only where the deployment says so", async () => {
  const strict = { ...policy, allowLoopback: false };
  const port = Number(new URL(env.FIXTURE_URL).port);
  await expect(knockAt(strict, { host: "127.0.0.1", port, timeoutMs })).rejects.toMatchObject({
    code: "outbound_refused",
  });
});
