import { useState } from "react";
import type { Tool } from "../../../../shared/contracts/tools";
import type { JsonObject } from "../../../../shared/json";
import { Dialog } from "../../ui/dialog";
import { Tabs } from "../../ui/tabs";
import { words } from "../../words";
import type { Arguments } from "../use-arguments";
import { PastCalls } from "./past-calls";
import { PresetList } from "./preset-list";
import { RunList } from "./run-list";
import type { History } from "./use-history";

const { saved } = words.playground;

/** Arguments to begin with: named ones, those of past runs here, and what the hub has recorded. */
export function SavedDialog({
  tool,
  args,
  history,
  onClose,
}: {
  tool: Tool;
  args: Arguments;
  history: History;
  onClose: () => void;
}) {
  const [from, setFrom] = useState("presets");
  const use = (chosen: JsonObject) => {
    args.begin(chosen);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={saved.title} size="large">
      <Tabs
        label={saved.tabs.label}
        value={from}
        onChange={setFrom}
        tabs={[
          {
            value: "presets",
            label: saved.tabs.presets,
            content: <PresetList history={history} args={args.args} use={use} />,
          },
          {
            value: "here",
            label: saved.tabs.here,
            content: <RunList history={history} use={use} />,
          },
          {
            value: "activity",
            label: saved.tabs.activity,
            content: <PastCalls toolId={tool.id} use={use} />,
          },
        ]}
      />
    </Dialog>
  );
}
