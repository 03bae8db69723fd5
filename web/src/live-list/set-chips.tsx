import { useQuery } from "@tanstack/react-query";
import type { Names } from "../executions/use-names";
import { toolQuery } from "../tools/queries";
import { SetChip } from "../ui/chip";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import type { Change, ListSearch } from "./filters";

const text = words.activity.filters;

type SetChipsProps = {
  search: ListSearch;
  set: (change: Change<ListSearch>) => void;
  names: Names;
};

/** Filters that no control of the bar shows. */
export function SetChips({ search: { tool, actor }, set, names }: SetChipsProps) {
  const { data } = useQuery({ ...toolQuery(tool ?? ""), enabled: tool !== undefined });
  const ofTool = data ? text.tool(plainLine(data.title ?? data.name, 60)) : text.oneTool;
  return (
    <>
      {tool === undefined ? null : (
        <SetChip label={text.remove(ofTool)} remove={() => set({ tool: undefined })}>
          {ofTool}
        </SetChip>
      )}
      {actor === undefined || actor === names.personId ? null : (
        <SetChip label={text.remove(names.whoIs(actor))} remove={() => set({ actor: undefined })}>
          {names.whoIs(actor)}
        </SetChip>
      )}
    </>
  );
}
