/** What a search for a tool looks through. */
export function searchText(definition: Record<string, unknown>): string {
  const text = ["name", "title", "description"].map((key) =>
    typeof definition[key] === "string" ? definition[key] : "",
  );
  return text.join(" ").toLowerCase().slice(0, 4000);
}
