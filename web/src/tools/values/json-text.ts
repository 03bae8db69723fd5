import { isObject, type JsonObject } from "../../../../shared/json";
import { isExact } from "./read-number";
import { syntaxErrorAt } from "./json-syntax";

export type Position = { line: number; column: number };
export type ReadArguments =
  | { value: JsonObject }
  | { fault: "syntax" | "number" | "not_an_object"; at: Position; what?: string };

/** What stands in the JSON tab. Nothing is an empty object. */
export function readArguments(text: string): ReadArguments {
  if (text.trim() === "") return { value: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: "syntax", at: positionAt(text, syntaxErrorAt(text)) };
  }
  const inexact = inexactNumber(text);
  if (inexact) return { fault: "number", at: positionAt(text, inexact.at), what: inexact.text };
  if (!isObject(value)) return { fault: "not_an_object", at: { line: 1, column: 1 } };
  return { value };
}

/** Any JSON value, as a single field takes it. */
export function readJson(text: string): { value: unknown } | { fault: "syntax" | "number" } {
  try {
    const value: unknown = JSON.parse(text);
    return inexactNumber(text) ? { fault: "number" } : { value };
  } catch {
    return { fault: "syntax" };
  }
}

/** The first number that would lose digits. The text is valid JSON. */
function inexactNumber(text: string): { at: number; text: string } | undefined {
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g))
    if (!token.startsWith('"') && !isExact(token, Number(token))) return { at: index, text: token };
  return undefined;
}

/** Counted from one, as editors do. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}
