import { beforeEach, describe, expect, it } from "vitest";
import { askHub, createTeam, type TestTeam } from "../../testing/team";
import { isWithin, requireAllowedAddress, toBlocks } from "./addresses";

describe("a list of addresses", () => {
  it.each([
    [["203.0.113.7"], ["203.0.113.7/32"]],
    [["203.0.113.7/24"], ["203.0.113.0/24"]],
    [["2001:DB8::1"], ["2001:db8::1/128"]],
    [["2001:db8:1:2:3::/32"], ["2001:db8::/32"]],
    [["::ffff:10.0.0.1"], ["10.0.0.1/32"]],
    [["::ffff:10.1.2.3/104"], ["10.0.0.0/8"]],
    [
      ["0.0.0.0/0", "::/0"],
      ["0.0.0.0/0", "::/0"],
    ],
    [["10.0.0.1", "10.0.0.1/32"], ["10.0.0.1/32"]],
  ])("%j is kept as %j", (entries, blocks) => expect(toBlocks(entries)).toEqual(blocks));

  it.each([
    "localhost",
    "10.1",
    "0x7f.1.1.1",
    "010.0.0.1",
    "256.0.0.1",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0.0/-1",
    "10.0.0.0/1e1",
    "2001:db8::/129",
    "::ffff:10.0.0.0/64",
    "fe80::1%eth0",
    "2001:db8::1::1",
    "*",
    "",
  ])("%j is refused by name", (entry) => {
    expect(() => toBlocks(["10.0.0.1", entry])).toThrow(JSON.stringify(entry));
  });

  it.each([
    [["10.0.0.0/8"], "10.255.0.1", true],
    [["10.0.0.0/8"], "11.0.0.1", false],
    [["10.0.0.0/8"], "::ffff:10.0.0.1", true],
    [["2001:db8::/32"], "2001:db8:9::1", true],
    [["2001:db8::/32"], "2001:db9::1", false],
    [["0.0.0.0/0"], "2001:db8::1", false],
    [["::/0"], "10.0.0.1", false],
    [["0.0.0.0/0", "::/0"], "unknown", false],
    [["0.0.0.0/0", "::/0"], "", false],
  ])("%j lets %s through: %s", (blocks, address, allowed) => {
    const check = () => requireAllowedAddress(blocks, address);
    if (allowed) expect(check).not.toThrow();
    else expect(check).toThrow("may not be used from");
  });

  it.each([
    [["10.1.0.0/16"], ["10.0.0.0/8"], true],
    [["10.0.0.0/8"], ["10.1.0.0/16"], false],
    [["10.0.0.0/8"], ["10.0.0.0/8"], true],
    [["10.0.0.0/8", "11.0.0.0/8"], ["10.0.0.0/8"], false],
    [["::/0"], ["0.0.0.0/0"], false],
  ])("%j is within %j: %s", (inner, outer, within) => expect(isWithin(inner, outer)).toBe(within));
});

describe("a key with a list", () => {
  let team: TestTeam;
  let ask: (address: string | null, path?: string, init?: object) => ReturnType<typeof askHub>;
  let keyId: string;
  beforeEach(async () => {
    team = await createTeam();
    const { body } = await team.ask("/api/v1/api-keys", {
      body: { name: "Office", allowedAddresses: ["203.0.113.0/24"] },
    });
    keyId = body.id;
    ask = (address, path = "/api/v1/me", init = {}) =>
      askHub(path, {
        ...init,
        headers: {
          authorization: `Bearer ${body.apiKey}`,
          ...(address === null ? {} : { "cf-connecting-ip": address }),
        },
      });
  });

  it("works from there and from nowhere else, whatever other headers say", async () => {
    expect((await ask("203.0.113.99")).status).toBe(200);
    for (const address of ["203.0.114.1", "2001:db8::1", null, "203.0.113.7, 198.51.100.1"])
      expect((await ask(address)).body.error).toMatchObject({ code: "forbidden" });
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
    expect((await ask("198.51.100.1", "/mcp", { body: list })).status).toBe(403);
    expect((await ask("203.0.113.99", "/mcp", { body: list })).status).toBe(200);
  });

  it("follows a change of the list with its next request", async () => {
    const change = (allowedAddresses: string[] | null) =>
      team.ask(`/api/v1/api-keys/${keyId}`, { method: "PATCH", body: { allowedAddresses } });
    expect((await change(["198.51.100.1"])).body.allowedAddresses).toEqual(["198.51.100.1/32"]);
    expect([(await ask("203.0.113.99")).status, (await ask("198.51.100.1")).status]).toEqual([
      403, 200,
    ]);
    await change(null);
    expect((await ask("192.0.2.1")).status).toBe(200);
    const refused = await change(["198.51.100.1", "nowhere"]);
    expect(refused.body.error).toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining('"nowhere"'),
      details: { field: "body.allowedAddresses.1" },
    });
    for (const list of [[], Array.from({ length: 51 }, (_, n) => `10.0.0.${n}`)])
      expect((await change(list)).status).toBe(400);
  });
});
