import { CircleX } from "lucide-react";
import { useMemo, useState } from "react";
import type { JsonObject } from "../../../../shared/json";
import { CopyTextButton } from "../../ui/copy-button";
import { Button } from "../../ui/button";
import { JsonTree } from "../../ui/json-tree";
import { Panel } from "../../ui/page";
import { Tabs } from "../../ui/tabs";
import { words } from "../../words";
import { BlockView } from "./block-view";
import { shownResult } from "./blocks";

const { result: text, run } = words.playground;
const chunk = 20;

/** What a tool answered: its parts as they are meant, and the whole as JSON. */
export function ResultView({ result }: { result: JsonObject }) {
  const [tab, setTab] = useState("shown");
  return (
    <Panel className="p-4 pt-2">
      <Tabs
        label={text.tabs.label}
        value={tab}
        onChange={setTab}
        tabs={[
          { value: "shown", label: text.tabs.shown, content: <Parts result={result} /> },
          { value: "json", label: text.tabs.json, content: <Json result={result} /> },
        ]}
      />
    </Panel>
  );
}

function Parts({ result }: { result: JsonObject }) {
  const [limit, setLimit] = useState(chunk);
  const { blocks, structured, isError } = useMemo(() => shownResult(result), [result]);
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {isError ? (
        <p className="flex items-center gap-2 font-medium text-danger">
          <CircleX aria-hidden className="size-5 shrink-0" />
          {run.status.toolError}
        </p>
      ) : null}
      {blocks.length === 0 && structured === undefined ? (
        <p className="text-muted">{text.empty}</p>
      ) : null}
      {blocks.slice(0, limit).map((block, at) => (
        <BlockView key={at} block={block} />
      ))}
      {blocks.length > limit ? (
        <Button size="small" className="self-start" onClick={() => setLimit(limit + chunk * 5)}>
          {text.moreBlocks(blocks.length - limit)}
        </Button>
      ) : null}
      {structured === undefined ? null : (
        <div className="flex min-w-0 flex-col gap-2">
          <h2 className="text-sm font-medium">{text.structured}</h2>
          <div className="min-w-0 rounded-lg border border-line bg-raised p-2">
            <JsonTree value={structured} label={text.structured} />
          </div>
        </div>
      )}
    </div>
  );
}

const Json = ({ result }: { result: JsonObject }) => (
  <div className="flex min-w-0 flex-col gap-3">
    <CopyTextButton
      className="self-start"
      text={() => JSON.stringify(result, null, 2)}
      label={text.copyJson}
    />
    <JsonTree value={result} label={text.title} />
  </div>
);
