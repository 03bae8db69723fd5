const minute = 60_000;

/** A time as the browser's own field for date and time has it, in the reader's zone; "" for none. */
export function localText(date: string | undefined): string {
  const at = date === undefined ? NaN : Date.parse(date);
  if (Number.isNaN(at)) return "";
  return new Date(at - new Date(at).getTimezoneOffset() * minute).toISOString().slice(0, 16);
}

/** What the field says, in UTC; undefined for nothing. */
export const isoText = (local: string): string | undefined =>
  local === "" ? undefined : new Date(local).toISOString();
