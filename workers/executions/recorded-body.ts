import type { RecordBodies } from "../../shared/contracts/members";
import { utf8 } from "../platform/encoding";
import { maskedPreview, maskValue, type Masking } from "../platform/mask";

const keptCharacters = 32_768;
const previewCharacters = 2048;
/** A row of the ledger holds 2 MB. */
const mostBytes = 1_900_000;

export type Body = {
  /** Its JSON text. */
  json: string;
  /** The same value, where it is at hand: it is not read from the text again. */
  value?: unknown;
  /** What the team keeps. */
  keep: RecordBodies;
};

/**
 * A body as the ledger keeps it, as JSON text: whole up to a size, else its length and its beginning, without what is
 * secret or personal; of a team that keeps none, its length.
 */
export function recordedBody({ json, value, keep }: Body): string {
  const { length } = json;
  if (keep === "none") return `{"characters":${length},"truncated":true}`;
  const masking = maskingFor(keep);
  const plain = value === undefined ? (JSON.parse(json) as unknown) : value;
  if (length > keptCharacters || !fitsInRow(json)) {
    const { text, masked } = maskedPreview(plain, { masking, characters: previewCharacters });
    return `{"characters":${length},"truncated":true,"preview":${JSON.stringify(text)}${masked ? ',"masked":true' : ""}}`;
  }
  const shown = maskValue(plain, masking);
  if (shown === plain) return `{"characters":${length},"truncated":false,"json":${json}}`;
  return `{"characters":${length},"truncated":false,"json":${JSON.stringify(shown)},"masked":true}`;
}

/** The arguments of a call as the ledger keeps them. */
export function recordedArguments({
  recorded,
  keep,
}: {
  recorded: unknown;
  keep: RecordBodies;
}): string {
  const value = recorded ?? null;
  return recordedBody({ json: JSON.stringify(value), value, keep });
}

/** Secrets are never kept, whatever a team wants. */
export const maskingFor = (keep: RecordBodies): Masking => (keep === "whole" ? "secrets" : "all");

/** A character takes three bytes of UTF-8 at most, two for each half of a pair. */
function fitsInRow(json: string): boolean {
  return json.length * 3 <= mostBytes || utf8(json).length <= mostBytes;
}
