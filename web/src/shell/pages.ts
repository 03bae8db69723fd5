import {
  Activity,
  Gauge,
  House,
  Inbox,
  KeyRound,
  KeySquare,
  Layers,
  PlugZap,
  ScrollText,
  SquareTerminal,
  Unplug,
  Users,
} from "lucide-react";
import type { Permission } from "../../../shared/roles";
import { words } from "../words";

type NavigationPage = {
  to: string;
  label: string;
  icon: typeof House;
  /** Follows `g`. */
  key: string;
  /** Where any of these is needed to see anything on it. */
  may?: readonly Permission[];
};

const { pages: labels } = words.shell;

/** The pages of the navigation, in its order: the work first, then who may do it. */
export const pageGroups = [
  [
    { to: "/", label: labels.home, icon: House, key: "h" },
    { to: "/inbox", label: labels.inbox, icon: Inbox, key: "i" },
    {
      to: "/connections",
      label: labels.connections,
      icon: Unplug,
      key: "c",
      may: ["connections.read"],
    },
    {
      to: "/playground",
      label: labels.playground,
      icon: SquareTerminal,
      key: "p",
      may: ["tools.read"],
    },
    {
      to: "/activity",
      label: labels.activity,
      icon: Activity,
      key: "a",
      may: ["executions.read"],
    },
    {
      to: "/jobs",
      label: labels.jobs,
      icon: Layers,
      key: "j",
      may: ["executions.read", "tools.call"],
    },
    { to: "/clients", label: labels.clients, icon: PlugZap, key: "l" },
  ],
  [
    {
      to: "/limits",
      label: labels.limits,
      icon: Gauge,
      key: "m",
      may: ["executions.read", "tools.call"],
    },
    { to: "/team", label: labels.team, icon: Users, key: "t", may: ["members.read"] },
    {
      to: "/keys",
      label: labels.keys,
      icon: KeyRound,
      key: "k",
      may: ["keys.write", "keys.manage"],
    },
    {
      to: "/secrets",
      label: labels.secrets,
      icon: KeySquare,
      key: "s",
      may: ["secrets.read"],
    },
    { to: "/audit", label: labels.audit, icon: ScrollText, key: "u", may: ["audit.read"] },
  ],
] as const satisfies readonly (readonly NavigationPage[])[];

export const pages = pageGroups.flat();
export type PagePath = (typeof pages)[number]["to"];

/** Whether there is anything on the page for somebody with these permissions. */
export const isFor = (page: NavigationPage, permissions: readonly Permission[]): boolean =>
  page.may === undefined || page.may.some((permission) => permissions.includes(permission));
