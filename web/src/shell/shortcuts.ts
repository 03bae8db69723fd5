import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { usePages } from "./use-pages";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A notice is a dialog too, but one that takes no keys. */
const dialogIsOpen = (): boolean =>
  document.querySelector('[role="dialog"]:not([aria-modal="false"])') !== null;

/** `g` and a letter go to a page, `/` to its search, `?` lists them all, ⌘K or Ctrl+K searches everything. */
export function useShortcuts(open: { palette: () => void; help: () => void }): void {
  const navigate = useNavigate();
  const shown = usePages();
  const pages = useRef(shown);
  pages.current = shown;
  useEffect(() => {
    let goPressedAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        return open.palette();
      }
      if (event.metaKey || event.ctrlKey || event.altKey || dialogIsOpen()) return;
      if (event.key === "Escape" && isTyping(event.target))
        return (event.target as HTMLElement).blur();
      if (isTyping(event.target)) return;
      const page = pages.current.find(({ key }) => key === event.key);
      if (page && event.timeStamp - goPressedAt < 1500) {
        event.preventDefault();
        goPressedAt = 0;
        return void navigate({ to: page.to });
      }
      goPressedAt = event.key === "g" ? event.timeStamp : 0;
      if (event.key === "?") open.help();
      if (event.key === "/") {
        const search = document.querySelector<HTMLElement>("[data-search]");
        if (!search) return open.palette();
        event.preventDefault();
        search.focus();
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [navigate, open]);
}
