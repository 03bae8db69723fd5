import { words } from "../words";

/** What to do about an error, by its code; nothing where its sentence says all. */
export const adviceFor = (code: string): string | undefined =>
  Object.hasOwn(words.connections.advice, code) ? words.connections.advice[code] : undefined;

const mayWork = /^upstream_(unreachable|unauthorized|timeout|error)$/;

/** A server that does not answer now may answer later; an address the hub refuses never will. */
export const worthSaving = (code: string): boolean => mayWork.test(code);
