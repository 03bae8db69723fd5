import { isObject, type JsonObject } from "../../../../shared/json";
import { plainLine } from "../../ui/foreign";
import { own, ownList, ownObject, ownText } from "../schema/json";

/** What a part of a result is, judged by what it says of itself; everything in it is text and bytes from outside. */
export type Block =
  | { kind: "text"; text: string }
  | { kind: "image" | "audio"; mimeType: string; base64: string }
  | { kind: "file"; mimeType: string; name: string; base64: string }
  | { kind: "document"; mimeType: string; uri: string; text: string }
  | {
      kind: "link";
      uri: string;
      host: string | undefined;
      name: string;
      description: string | undefined;
    }
  | { kind: "unknown"; value: unknown };

export type ShownResult = {
  blocks: readonly Block[];
  structured: unknown;
  isError: boolean;
};

const images = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
const sounds = new Set([
  "audio/mpeg",
  "audio/wav",
  "audio/ogg",
  "audio/mp4",
  "audio/webm",
  "audio/flac",
  "audio/aac",
]);
/** What else these are called. */
const aliases: Record<string, string> = {
  "image/jpg": "image/jpeg",
  "audio/mp3": "audio/mpeg",
  "audio/x-wav": "audio/wav",
  "audio/wave": "audio/wav",
  "audio/x-m4a": "audio/mp4",
  "audio/x-flac": "audio/flac",
};

export function shownResult(result: JsonObject): ShownResult {
  return {
    blocks: ownList(result, "content").map(blockOf),
    structured: own(result, "structuredContent"),
    isError: own(result, "isError") === true,
  };
}

function blockOf(block: unknown): Block {
  if (!isObject(block)) return { kind: "unknown", value: block };
  const type = own(block, "type");
  const text = ownText(block, "text");
  const data = ownText(block, "data");
  if (type === "text" && text !== undefined) return { kind: "text", text };
  if ((type === "image" || type === "audio") && data !== undefined)
    return bytes(data, ownText(block, "mimeType"), plainLine(type));
  if (type === "resource") return resource(block);
  if (type === "resource_link") return link(block);
  return { kind: "unknown", value: block };
}

function bytes(base64: string, type: string | undefined, name: string): Block {
  const mimeType = mediaType(type);
  if (images.has(mimeType)) return { kind: "image", mimeType, base64 };
  if (sounds.has(mimeType)) return { kind: "audio", mimeType, base64 };
  return { kind: "file", mimeType, name, base64 };
}

function resource(block: JsonObject): Block {
  const inner = ownObject(block, "resource") ?? {};
  const uri = plainLine(ownText(inner, "uri") ?? "", 300);
  const text = ownText(inner, "text");
  const blob = ownText(inner, "blob");
  const mimeType = ownText(inner, "mimeType");
  if (text !== undefined) return { kind: "document", mimeType: mediaType(mimeType), uri, text };
  if (blob !== undefined) return bytes(blob, mimeType, fileName(uri));
  return { kind: "unknown", value: block };
}

function link(block: JsonObject): Block {
  const uri = ownText(block, "uri") ?? "";
  const name = plainLine(ownText(block, "title") ?? ownText(block, "name") ?? uri);
  const description = ownText(block, "description");
  return {
    kind: "link",
    uri,
    host: httpsHost(uri),
    name: name === "" ? plainLine(uri) : name,
    description: description === undefined ? undefined : plainLine(description, 500),
  };
}

/** The host an https address leads to, as the browser spells it; undefined for all else, which is no link here. */
export function httpsHost(uri: string): string | undefined {
  if (uri.length > 4000) return undefined;
  const url = URL.parse(uri);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return undefined;
  return url.host;
}

function mediaType(type: string | undefined): string {
  const plain = (type ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const known = Object.hasOwn(aliases, plain) ? aliases[plain] : plain;
  return known !== undefined && /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,80}$/.test(known)
    ? known
    : "application/octet-stream";
}

/** The last part of an address as a name for a file. */
function fileName(uri: string): string {
  const last = uri.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "";
  const safe = last
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[.-]+/, "")
    .slice(0, 80);
  return safe === "" ? "resource" : safe;
}
