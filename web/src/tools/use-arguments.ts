import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { isObject, type JsonObject } from "../../../shared/json";
import type { Faults } from "./values/faults";
import { readArguments, type ReadArguments } from "./values/json-text";
import { pointerOf, withValue, type Place } from "./values/place";
import { startValue } from "./values/start-value";

/**
 * `text`: what stands in the JSON tab, where it is not the arguments written down. `revision` grows when the form begins
 * anew. `replayOf`: the execution that is to be run once more.
 */
type Draft = {
  args: JsonObject;
  text: string | undefined;
  revision: number;
  replayOf?: string | undefined;
};

const none: Faults = new Map();
const mostKept = 100;
/** What was being written for each tool, for whoever comes back to it. */
const kept = new Map<string, Draft>();

const fresh = (schema: JsonObject): JsonObject => {
  const value = startValue(schema, schema);
  return isObject(value) ? value : {};
};

/** The arguments a tool is about to be called with, as a form and as text. */
export function useArguments(toolId: string, schema: JsonObject) {
  const [draft, setDraft] = useState<Draft>(
    () => kept.get(toolId) ?? { args: fresh(schema), text: undefined, revision: 0 },
  );
  const [faults, setFaults] = useState<Faults>(none);
  const reported = useRef(new Map<string, string>());
  useEffect(() => {
    kept.delete(toolId);
    kept.set(toolId, draft);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  }, [toolId, draft]);

  const edit = useCallback((place: Place, value: unknown) => {
    setDraft((before) => {
      const next = withValue(before.args, place, value);
      return { ...before, args: isObject(next) ? next : {}, text: undefined };
    });
    setFaults((before) => withoutFaultsAt(before, pointerOf(place)));
  }, []);
  const report = useCallback((pointer: string, fault: string | undefined) => {
    if (fault === undefined) reported.current.delete(pointer);
    else reported.current.set(pointer, fault);
  }, []);
  const begin = useCallback((args: JsonObject, replayOf?: string) => {
    setDraft(({ revision }) => ({ args, text: undefined, revision: revision + 1, replayOf }));
    setFaults(none);
  }, []);
  const write = useCallback((text: string) => {
    const read = readArguments(text);
    setDraft((before) => ({
      ...before,
      args: "value" in read ? read.value : before.args,
      text,
      revision: before.revision + 1,
    }));
    setFaults(none);
  }, []);

  const { args, text, revision, replayOf } = draft;
  const read = useMemo<ReadArguments>(
    () => (text === undefined ? { value: args } : readArguments(text)),
    [text, args],
  );
  return {
    args,
    revision,
    replayOf,
    faults,
    setFaults,
    edit,
    report,
    /** What controls hold that is no value yet, by pointer. */
    reported: reported.current as ReadonlyMap<string, string>,
    text: text ?? JSON.stringify(args, null, 2),
    /** The fault of the text, where it has one. */
    textFault: "fault" in read ? read : undefined,
    write,
    begin,
    reset: useCallback(() => begin(fresh(schema)), [begin, schema]),
  };
}

export type Arguments = ReturnType<typeof useArguments>;

function withoutFaultsAt(faults: Faults, pointer: string): Faults {
  if (faults.size === 0) return faults;
  const rest = [...faults].filter(([at]) => at !== pointer && !at.startsWith(`${pointer}/`));
  return rest.length === faults.size ? faults : new Map(rest);
}
