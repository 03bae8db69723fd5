export type ReadNumber = { value: number } | { fault: "not_a_number" | "not_whole" | "too_large" };

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?$/i;

/** The number somebody typed. A whole number past 2^53 is refused: JavaScript would change its last digits. */
export function readNumber(text: string, integer: boolean): ReadNumber {
  const trimmed = text.trim().replace(/^\u2212/, "-");
  if (trimmed.length > 400 || !decimal.test(trimmed)) return { fault: "not_a_number" };
  const value = Number(trimmed);
  if (!isExact(trimmed, value)) return { fault: "too_large" };
  return integer && !Number.isInteger(value) ? { fault: "not_whole" } : { value };
}

/** Whether a JavaScript number holds what is written: whole numbers past 2^53 and what is beyond all range it does not. */
export function isExact(text: string, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  return !/^[+-]?\d+$/.test(text) || Number.isSafeInteger(value);
}
