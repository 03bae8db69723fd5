import { rpcCode } from "../connectors";
import { bodyTooLarge, maxBodyBytes } from "../platform/http";
import { WireRefusal } from "./replies";

const maxDepth = 500;

/** The JSON a client posted. Throws `payload_too_large`, and `WireRefusal` on what is no JSON. */
export async function readMessage(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  let message: unknown;
  try {
    message = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new WireRefusal(rpcCode.parseError, "The body is not JSON.");
  }
  // Writing such a value down again would run out of stack.
  if (isDeeperThan(message, maxDepth))
    throw new WireRefusal(
      rpcCode.invalidRequest,
      `The body is nested deeper than ${maxDepth} levels.`,
    );
  return message;
}

async function readBytes(request: Request): Promise<ArrayBuffer | Uint8Array> {
  // Where a length is declared it was compared already, and the body cannot be longer.
  if (request.headers.has("content-length") || !request.body) return request.arrayBuffer();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > maxBodyBytes) throw bodyTooLarge();
    pieces.push(piece);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}
