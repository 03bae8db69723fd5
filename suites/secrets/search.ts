// Secrets, the forms each can come back in, and the search for all of them at once.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Needle = { kind: string; form: string; bytes: Buffer };

/** The secrets, in all their forms, and where they were found. */
export class Search {
  answers = 0;
  bytes = 0;
  forms = 0;
  readonly #planted = new Map<string, { kind: string; secret: string | Buffer }>();
  // Found by their first four bytes, before which a glance at the first two rules most places out.
  readonly #needles = new Map<number, Needle[]>();
  readonly #beginnings = new Uint8Array(65_536);
  readonly #hits = new Map<string, { forms: Set<string>; places: Set<string> }>();

  get planted(): number {
    return this.#planted.size;
  }

  /** The names of what was planted, each once. */
  get kinds(): string[] {
    return [...new Set([...this.#planted.values()].map(({ kind }) => kind))];
  }

  plant(kind: string, secret: string | Buffer): void {
    const id = Buffer.from(secret).toString("hex");
    if (this.#planted.has(id)) return;
    if (secret.length < 6) throw new Error(`${kind} is too short to be looked for.`);
    this.#planted.set(id, { kind, secret });
    for (const [form, needle] of formsOf(secret)) {
      const bytes = Buffer.from(needle);
      const beginning = bytes.readUInt32LE(0);
      this.#beginnings[bytes.readUInt16LE(0)] = 1;
      this.#needles.set(beginning, [
        ...(this.#needles.get(beginning) ?? []),
        { kind, form, bytes },
      ]);
      this.forms++;
    }
  }

  in(place: string, haystack: string | Buffer): void {
    const hay = typeof haystack === "string" ? Buffer.from(haystack) : haystack;
    this.bytes += hay.length;
    for (let at = 0; at < hay.length - 3; at++) {
      if (this.#beginnings[(hay[at] ?? 0) | ((hay[at + 1] ?? 0) << 8)] === 0) continue;
      for (const { kind, form, bytes } of this.#needles.get(hay.readUInt32LE(at)) ?? [])
        if (hay.subarray(at, at + bytes.length).equals(bytes)) this.hit(kind, form, place);
    }
  }

  hit(kind: string, form: string, place: string): void {
    const hit = this.#hits.get(kind) ?? { forms: new Set(), places: new Set() };
    this.#hits.set(kind, hit);
    hit.forms.add(form);
    hit.places.add(place);
  }

  sentences(): string[] {
    return [...this.#hits].map(([kind, { forms, places }]) => {
      const [first, ...others] = places;
      return `${kind} (${[...forms].join(", ")}) stands in ${first}${others.length === 0 ? "" : ` and ${others.length} other places, as ${others.slice(0, 3).join("; ")}`}`;
    });
  }

  /** Writes every secret in every encoding into a file, and says which of them this search does not notice there. */
  overlooked(): string[] {
    const folder = mkdtempSync(join(tmpdir(), "plugboard-search-"));
    const missed: string[] = [];
    for (const { kind, secret } of this.#planted.values()) {
      for (const [encoding, encoded] of encodingsOf(secret)) {
        const file = join(folder, "scratch");
        const noise = randomBytes(40);
        writeFileSync(file, Buffer.concat([noise, Buffer.from(encoded), noise]));
        const alone = new Search();
        alone.plant(kind, secret);
        alone.in(file, readFileSync(file));
        if (alone.#hits.size === 0) missed.push(`the search overlooks ${kind} in ${encoding}`);
      }
    }
    rmSync(folder, { recursive: true });
    return missed;
  }
}

/** Made apart from the forms that are looked for: the whole of the secret, within other text. */
function encodingsOf(secret: string | Buffer): [string, string | Buffer][] {
  const bytes = Buffer.from(secret);
  const within = (before: string) => Buffer.concat([Buffer.from(before), bytes, Buffer.from("~")]);
  // Of what is that short, the middle of a base64 text tells too little.
  const places = bytes.length < 8 ? [""] : ["", "u", "u:"];
  const encodings: [string, string | Buffer][] = [
    ["raw", bytes],
    ["hex", bytes.toString("hex")],
    ...places.flatMap((before): [string, string][] => [
      ["base64", within(before).toString("base64")],
      ["base64url", within(before).toString("base64url")],
    ]),
  ];
  if (typeof secret !== "string") return encodings;
  return [
    ...encodings,
    ["URL-encoding", encodeURIComponent(secret)],
    ["a form", new URLSearchParams({ secret }).toString()],
    ["JSON", JSON.stringify({ secret })],
    ["JSON within JSON", JSON.stringify(JSON.stringify({ secret }))],
  ];
}

function formsOf(secret: string | Buffer): Map<string, string | Buffer> {
  const bytes = Buffer.from(secret);
  const forms = new Map<string, string | Buffer>([
    ["raw", secret],
    ["hex", bytes.toString("hex")],
    ["hex in capitals", bytes.toString("hex").toUpperCase()],
  ]);
  for (const offset of [0, 1, 2]) {
    // Within a longer text a secret begins at any of three places; what it shares with its neighbours is left out.
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replaceAll("=", "");
    const core = encoded.slice(
      offset === 0 ? 0 : offset + 1,
      Math.floor(((bytes.length + offset) * 8) / 6),
    );
    // Fewer would be found in whatever is random.
    if (core.length < 8) continue;
    forms.set(`base64 at ${offset}`, core);
    forms.set(`base64url at ${offset}`, core.replaceAll("+", "-").replaceAll("/", "_"));
  }
  if (typeof secret !== "string") return forms;
  const json = JSON.stringify(secret).slice(1, -1);
  forms.set("JSON-escaped", json);
  forms.set("JSON-escaped twice", JSON.stringify(json).slice(1, -1));
  forms.set("URL-encoded", encodeURIComponent(secret));
  forms.set("form-encoded", new URLSearchParams({ "": secret }).toString().slice(1));
  forms.set(
    "HTML-escaped",
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  );
  if (secret.length > 12) forms.set("its first 12 characters", secret.slice(0, 12));
  // A form that changes nothing would count one find twice.
  return new Map([...forms].filter(([form, needle]) => form === "raw" || needle !== secret));
}
