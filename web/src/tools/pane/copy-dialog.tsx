import { useState } from "react";
import type { Tool } from "../../../../shared/contracts/tools";
import type { JsonObject } from "../../../../shared/json";
import { CodeBlock } from "../../ui/code-block";
import { Dialog } from "../../ui/dialog";
import { Tabs } from "../../ui/tabs";
import { words } from "../../words";
import { asCurl, asMcp, asTypeScript, type CallToCopy } from "../copy-as";

const { copy } = words.playground;
type Form = Exclude<keyof typeof copy.tabs, "label">;
const forms: Record<Form, (call: CallToCopy) => string> = {
  curl: asCurl,
  typescript: asTypeScript,
  modern: (call) => asMcp(call, "modern"),
  legacy: (call) => asMcp(call, "legacy"),
};

/** The call as a program would make it. */
export function CopyDialog({
  tool,
  args,
  onClose,
}: {
  tool: Tool;
  args: JsonObject;
  onClose: () => void;
}) {
  const [form, setForm] = useState("curl");
  const call = { origin: location.origin, tool, args };
  return (
    <Dialog open onClose={onClose} title={copy.title} description={copy.key} size="large">
      <Tabs
        label={copy.tabs.label}
        value={form}
        onChange={setForm}
        tabs={(Object.keys(forms) as Form[]).map((one) => ({
          value: one,
          label: copy.tabs[one],
          content: <CodeBlock code={forms[one](call)} label={copy.tabs[one]} />,
        }))}
      />
    </Dialog>
  );
}
