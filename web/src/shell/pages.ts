import { Activity, House, PlugZap, SquareTerminal, Unplug } from "lucide-react";
import { words } from "../words";

/** The pages of the navigation, in its order; `key` follows `g`. */
export const pages = [
  { to: "/", label: words.shell.pages.home, icon: House, key: "h" },
  { to: "/connections", label: words.shell.pages.connections, icon: Unplug, key: "c" },
  { to: "/playground", label: words.shell.pages.playground, icon: SquareTerminal, key: "p" },
  { to: "/activity", label: words.shell.pages.activity, icon: Activity, key: "a" },
  { to: "/clients", label: words.shell.pages.clients, icon: PlugZap, key: "l" },
] as const;
