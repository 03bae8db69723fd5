import { words } from "../words";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Those of the capabilities that have words, as `completions` or `tools.listChanged`. */
export function declared(capabilities: Json): string[] {
  return Object.keys(words.connections.offers.known).filter((key) => {
    const [feature = "", detail] = key.split(".");
    const value = Object.hasOwn(capabilities, feature) ? capabilities[feature] : undefined;
    return detail === undefined ? isObject(value) : isObject(value) && value[detail] === true;
  });
}
