import { utf8 } from "../platform/encoding";

const keptCharacters = 32_768;
/** Under an idempotency key the result must be there for whoever asks again. */
export const keptForRepeats = 1_048_576;
const previewCharacters = 2048;
/** A row of the ledger holds 2 MB. */
const mostBytes = 1_900_000;

/** A body as the ledger keeps it, as JSON text: whole up to a size, else its length and its beginning. */
export function recordedBody(json: string, kept = keptCharacters): string {
  if (json.length <= kept && fitsInRow(json))
    return `{"characters":${json.length},"truncated":false,"json":${json}}`;
  const preview = JSON.stringify(json.slice(0, previewCharacters));
  return `{"characters":${json.length},"truncated":true,"preview":${preview}}`;
}

/** A character takes three bytes of UTF-8 at most, two for each half of a pair. */
function fitsInRow(json: string): boolean {
  return json.length * 3 <= mostBytes || utf8(json).length <= mostBytes;
}
