import type { Permission } from "../../../shared/roles";
import { words } from "../words";
import { permissionWords } from "../words/permissions";

const say = words.keys.scopes;

export const presets = ["all", "look", "run", "custom"] as const;
export type Preset = (typeof presets)[number];

const look: readonly Permission[] = [
  "connections.read",
  "tools.read",
  "executions.read",
  "members.read",
];
const run: readonly Permission[] = ["tools.read", "tools.call"];

const same = (one: readonly Permission[], other: readonly Permission[]): boolean =>
  one.length === other.length && one.every((permission) => other.includes(permission));

/** What a preset comes to for somebody who may do only so much; null is everything, now and later. */
export function scopesOf(preset: Exclude<Preset, "custom">, mine: readonly Permission[]) {
  if (preset === "all") return null;
  return (preset === "look" ? look : run).filter((permission) => mine.includes(permission));
}

export function presetOf(scopes: readonly Permission[] | null): Preset {
  if (scopes === null) return "all";
  if (same(scopes, run)) return "run";
  return same(scopes, look) ? "look" : "custom";
}

/** Scopes in a word or two. */
export function scopesInWords(scopes: readonly Permission[] | null): string {
  const preset = presetOf(scopes);
  if (preset === "all") return say.allOf;
  if (preset === "custom")
    return scopes?.length === 1 && scopes[0]
      ? permissionWords.said[scopes[0]].name
      : say.several(scopes?.length ?? 0);
  return say[preset];
}
