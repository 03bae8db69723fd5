/** Moves between the search and the links below it with the arrow keys; true where it did. */
export function moveFocus(frame: HTMLElement, key: string): boolean {
  if (key !== "ArrowDown" && key !== "ArrowUp") return false;
  const links = [...frame.querySelectorAll<HTMLElement>("a[data-tool]")];
  const { activeElement } = document;
  const search = frame.querySelector<HTMLElement>("[data-search]");
  const at = links.findIndex((link) => link === activeElement);
  if (at < 0 && activeElement !== search) return false;
  const next = key === "ArrowDown" ? links[at + 1] : at <= 0 ? search : links[at - 1];
  next?.focus();
  return true;
}
