import { describe, expect, it } from "vitest";
import { utf8 } from "../platform/encoding";
import { importKey as importBytes, keyIdOf, open, seal, type Place } from "./sealing";

const importKey = (fill: number) => importBytes(new Uint8Array(32).fill(fill));
const place: Place = { teamId: "team_1", credentialId: "crd_1", version: 1 };
const plain = "Bearer sesame";
const sealed = async () => seal({ id: "d1", key: await importKey(1) }, place, utf8(plain));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("a sealed record", () => {
  it("opens at its place, and names its key", async () => {
    const record = await sealed();
    expect(record).toMatch(/^pb1\.d1\.1\.[\w-]{16}\.[\w-]+$/);
    expect(record).not.toContain("sesame");
    expect(keyIdOf(record)).toBe("d1");
    expect(text(await open(await importKey(1), place, record))).toBe(plain);
  });

  it.each<[string, Place]>([
    ["of another team", { ...place, teamId: "team_2" }],
    ["of another credential", { ...place, credentialId: "crd_2" }],
    ["of another version", { ...place, version: 2 }],
    ["whose parts are shifted", { teamId: "team_1|crd_1", credentialId: "1", version: 1 }],
  ])("does not open at the place %s", async (_what, other) => {
    await expect(open(await importKey(1), other, await sealed())).rejects.toMatchObject({
      code: "internal",
    });
  });

  it("does not open with another key, nor when it says so of another version itself", async () => {
    const record = await sealed();
    await expect(open(await importKey(2), place, record)).rejects.toMatchObject({
      code: "internal",
    });
    const older = record.replace("pb1.d1.1.", "pb1.d1.2.");
    await expect(open(await importKey(1), { ...place, version: 2 }, older)).rejects.toMatchObject({
      code: "internal",
    });
  });

  it("does not open with any of its characters changed, taken out or added to", async () => {
    const key = await importKey(1);
    const record = await sealed();
    const altered = Array.from(record).flatMap((char, at) => {
      const put = (other: string) => record.slice(0, at) + other + record.slice(at + 1);
      const flipped = String.fromCharCode(char.charCodeAt(0) ^ 1);
      const next = char === "Z" ? "Y" : "Z";
      return [put(flipped), put(next), put(""), put(`${char}A`), put(`${char}=`), put(`${char}.`)];
    });
    altered.push(
      "",
      "pb1",
      "pb1.d1.1.",
      `${record}.`,
      `${record}.x`,
      record.replaceAll("-", "+").replaceAll("_", "/") + "=",
    );
    for (const other of new Set(altered))
      await expect(open(key, place, other), other).rejects.toMatchObject({ code: "internal" });
  });

  it("never has the nonce of another, nor looks the same twice", async () => {
    const key = { id: "d1", key: await importKey(1) };
    const [nonces, texts] = [new Set<string>(), new Set<string>()];
    for (let sealed = 0; sealed < 20_000; sealed += 500) {
      const some = Array.from({ length: 500 }, () => seal(key, place, utf8(plain)));
      for (const record of await Promise.all(some)) {
        const [, , , nonce = "", text = ""] = record.split(".");
        nonces.add(nonce);
        texts.add(text);
      }
    }
    expect([nonces.size, texts.size]).toEqual([20_000, 20_000]);
  });
});

it.each(["", "nonsense", "pb1..1.a.b", "pb2.d1.1.a.b", "pb1.d1.1.a"])(
  "%j is no sealed record",
  (record) => {
    expect(() => keyIdOf(record)).toThrow("damaged");
  },
);
