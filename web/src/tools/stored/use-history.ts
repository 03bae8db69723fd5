import { useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { isObject, type JsonObject } from "../../../../shared/json";
import { meQuery } from "../../shell/queries";
import { withoutSecrets } from "../values/without-secrets";
import { readPastRun, readPreset, withPreset, withRun } from "./presets";
import { browserStore, Shelf } from "./shelf";

/** The presets and the past runs of a tool that this browser keeps. */
export function useHistory(toolId: string, schema: JsonObject) {
  const { data: me } = useQuery(meQuery);
  const teamId = me?.team.id ?? "";
  const shelves = useMemo(() => {
    const at = { store: teamId === "" ? undefined : browserStore(), teamId, toolId };
    return {
      presets: new Shelf({ ...at, kind: "presets" }, readPreset),
      runs: new Shelf({ ...at, kind: "history" }, readPastRun),
    };
  }, [teamId, toolId]);
  const [, setChanges] = useState(0);
  const changed = () => setChanges((count) => count + 1);
  const storable = (args: JsonObject): JsonObject => {
    const kept = withoutSecrets(schema, schema, args);
    return isObject(kept) ? kept : {};
  };
  return {
    presets: () => shelves.presets.items(),
    runs: () => shelves.runs.items(),
    add: (args: JsonObject) => {
      shelves.runs.put(withRun(shelves.runs.items(), { at: Date.now(), args: storable(args) }));
      changed();
    },
    /** False where there is no room. */
    save: (name: string, args: JsonObject): boolean => {
      const next = withPreset(shelves.presets.items(), { name, args: storable(args) });
      const saved = next !== undefined && shelves.presets.put(next);
      changed();
      return saved;
    },
    remove: (name: string) => {
      shelves.presets.put(shelves.presets.items().filter((preset) => preset.name !== name));
      changed();
    },
  };
}

export type History = ReturnType<typeof useHistory>;
