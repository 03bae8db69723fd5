import { isObject, type JsonObject } from "../../../shared/json";
import { words } from "../words";

/** Those of the capabilities that have words, as `completions` or `tools.listChanged`. */
export function declared(capabilities: JsonObject): string[] {
  return Object.keys(words.connections.offers.known).filter((key) => {
    const [feature = "", detail] = key.split(".");
    const value = Object.hasOwn(capabilities, feature) ? capabilities[feature] : undefined;
    if (detail !== undefined) return isObject(value) && value[detail] === true;
    // Some servers write an empty object as an empty list.
    return typeof value === "object" && value !== null;
  });
}
