import { isObject, type JsonObject } from "../../../../shared/json";
import { own, ownNumber, ownText, sameJson } from "../schema/json";

/** Arguments under a name. */
export type Preset = { name: string; args: JsonObject };
/** The arguments of a run on this page. */
export type PastRun = { at: number; args: JsonObject };

export const mostRuns = 50;
export const mostPresets = 100;
const longestEntry = 50_000;

export function readPreset(item: unknown): Preset | undefined {
  const name = isObject(item) ? ownText(item, "name") : undefined;
  const args = isObject(item) ? own(item, "args") : undefined;
  return name !== undefined && isObject(args) ? { name: name.slice(0, 80), args } : undefined;
}

export function readPastRun(item: unknown): PastRun | undefined {
  const at = isObject(item) ? ownNumber(item, "at") : undefined;
  const args = isObject(item) ? own(item, "args") : undefined;
  return at !== undefined && isObject(args) ? { at, args } : undefined;
}

/** The presets with this one, in place of the one of the same name; undefined where there is no room for it. */
export function withPreset(presets: readonly Preset[], preset: Preset): Preset[] | undefined {
  const others = presets.filter(({ name }) => name !== preset.name);
  if (others.length >= mostPresets || isTooLong(preset.args)) return undefined;
  return [...others, preset].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The newest first, each set of arguments once. Very long ones are not kept. */
export function withRun(runs: readonly PastRun[], run: PastRun): PastRun[] {
  if (isTooLong(run.args)) return [...runs];
  return [run, ...runs.filter(({ args }) => !sameJson(args, run.args))].slice(0, mostRuns);
}

const isTooLong = (args: JsonObject): boolean => JSON.stringify(args).length > longestEntry;
