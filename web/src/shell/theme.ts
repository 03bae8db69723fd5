import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";
const key = "plugboard.theme";
const listeners = new Set<() => void>();

const chosen = (): Theme =>
  (document.documentElement.dataset["theme"] as Theme | undefined) ?? "system";

export function setTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    if (theme === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, chosen);
}
