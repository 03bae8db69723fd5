import { titleOf } from "./title";

/** What a search for a tool looks through. */
export function searchText(definition: Record<string, unknown>): string {
  const { name, description } = definition;
  const text = [name, titleOf(definition), description].map((said) =>
    typeof said === "string" ? said : "",
  );
  return text.join(" ").toLowerCase().slice(0, 4000);
}
