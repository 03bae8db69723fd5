import { useNavigate } from "@tanstack/react-router";
import type { Tool } from "../../../../shared/contracts/tools";
import { Button } from "../../ui/button";
import { Panel } from "../../ui/page";
import { Tabs } from "../../ui/tabs";
import { words } from "../../words";
import { ArgumentsForm } from "../form/arguments-form";
import { playgroundSearch, type PlaygroundSearch } from "../search";
import type { Arguments } from "../use-arguments";
import { FaultSummary } from "./fault-summary";
import { JsonEditor } from "./json-editor";

const { tabs, json } = words.playground;

export function ArgumentsPanel({
  tool,
  args,
  search,
}: {
  tool: Tool;
  args: Arguments;
  search: PlaygroundSearch;
}) {
  const navigate = useNavigate();
  const tab = search.tab ?? "form";
  const show = (next: string) =>
    void navigate({
      to: ".",
      search: playgroundSearch({ ...search, tab: next }),
      replace: true,
    });
  return (
    <Panel className="p-4 pt-2">
      <Tabs
        label={tabs.label}
        value={tab}
        onChange={show}
        tabs={[
          {
            value: "form",
            label: tabs.form,
            content: (
              <div className="flex min-w-0 flex-col gap-4">
                {args.textFault ? (
                  <KeptNote
                    toJson={() => show("json")}
                    drop={() => args.begin(args.args, args.replayOf)}
                  />
                ) : null}
                <FaultSummary faults={args.faults} />
                <ArgumentsForm
                  key={args.revision}
                  schema={tool.inputSchema}
                  args={args.args}
                  faults={args.faults}
                  edit={args.edit}
                  report={args.report}
                />
              </div>
            ),
          },
          { value: "json", label: tabs.json, content: <JsonEditor args={args} /> },
        ]}
      />
    </Panel>
  );
}

function KeptNote({ toJson, drop }: { toJson: () => void; drop: () => void }) {
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-lg bg-warning-soft p-3 text-sm">
      <p>{json.kept}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={toJson}>
          {json.backToJson}
        </Button>
        <Button size="small" onClick={drop}>
          {json.drop}
        </Button>
      </div>
    </div>
  );
}
