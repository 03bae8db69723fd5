import { crc32, constants, deflateRawSync } from "node:zlib";
import { type Behaviour, type Exchange, MIB, around, filler, pour, send } from "./exchange.ts";

/** `?bytes=` changes the size, to look for the edge of a cap. */
const size = ({ options }: Exchange, otherwise: number) =>
  Number(options.get("bytes") ?? otherwise);

function textResult(exchange: Exchange, bytes: number) {
  const { before, after } = around(exchange.answer, (hole) => ({
    content: [{ type: "text", text: hole }],
  }));
  return { length: before.length + bytes + after.length, pieces: wrap(before, bytes, after) };
}

function* wrap(before: string, bytes: number, after: string) {
  yield before;
  yield* filler(bytes);
  yield after;
}

/**
 * A gzip file of `mebibytes` MiB of one letter. Fully flushed deflate blocks can be repeated, so neither
 * time nor memory goes into packing what the reader has to unpack.
 */
function gzip(before: string, mebibytes: number, after: string) {
  const flush = { finishFlush: constants.Z_FULL_FLUSH, level: 9 };
  const letters = Buffer.alloc(MIB, "a");
  const block = deflateRawSync(letters, flush);
  let sum = crc32(before);
  for (let n = 0; n < mebibytes; n++) sum = crc32(letters, sum);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(after, sum), 0);
  trailer.writeUInt32LE((before.length + mebibytes * MIB + after.length) >>> 0, 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]),
    deflateRawSync(before, flush),
    ...Array.from({ length: mebibytes }, () => block),
    deflateRawSync(after),
    trailer,
  ]);
}

export const floods = {
  flood: (exchange) => pour(exchange, textResult(exchange, size(exchange, 100 * MIB)).pieces),
  flood_declared: (exchange) => {
    const { length, pieces } = textResult(exchange, size(exchange, 100 * MIB));
    return pour(exchange, pieces, { headers: { "content-length": String(length) } });
  },
  flood_error_page: (exchange) =>
    pour(exchange, filler(size(exchange, 100 * MIB)), { status: 500, type: "text/html" }),
  result_10mb: (exchange) => pour(exchange, textResult(exchange, size(exchange, 10 * MIB)).pieces),
  gzip_bomb: (exchange) => {
    const { before, after } = around(exchange.answer, (hole) => ({
      content: [{ type: "text", text: hole }],
    }));
    const mebibytes = Math.ceil(size(exchange, 100 * MIB) / MIB);
    send(exchange, gzip(before, mebibytes, after), { headers: { "content-encoding": "gzip" } });
  },
  gzip_lie: (exchange) =>
    send(exchange, JSON.stringify(exchange.answer), { headers: { "content-encoding": "gzip" } }),
  sse_flood: (exchange) =>
    pour(exchange, wrap("data: ", size(exchange, 100 * MIB), "\n\n"), {
      type: "text/event-stream",
    }),
} satisfies Record<string, Behaviour>;
