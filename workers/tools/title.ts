import { isObject, type JsonObject } from "../connectors";

/** A tool's own title, or the one older servers put among its annotations. */
export function titleOf({ title, annotations }: JsonObject): string | null {
  if (typeof title === "string") return title;
  if (isObject(annotations) && typeof annotations["title"] === "string")
    return annotations["title"];
  return null;
}
