import { useSyncExternalStore } from "react";

const wide = matchMedia("(min-width: 64rem)");

/** Whether there is room for the navigation beside the page. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      wide.addEventListener("change", listener);
      return () => wide.removeEventListener("change", listener);
    },
    () => wide.matches,
  );
}
