import type { RecordedBody } from "../../../shared/contracts/executions";
import { CodeBlock } from "../ui/code-block";
import { CopyTextButton } from "../ui/copy-button";
import { JsonTree } from "../ui/json-tree";
import { words } from "../words";

const text = words.activity.detail;

export const jsonText = (json: unknown): string => JSON.stringify(json, null, 2) ?? "";

/** Copies the body where it was kept whole. */
export const CopyBody = ({ body }: { body: RecordedBody | null }) =>
  body === null || body.truncated ? null : (
    <CopyTextButton text={() => jsonText(body.json)} label={text.copyJson} />
  );

/** A body as it was recorded: whole, to look into, or its beginning. */
export function Body({ body, label }: { body: RecordedBody; label: string }) {
  if (!body.truncated)
    return (
      <div className="rounded-lg border border-line bg-surface p-2.5">
        <JsonTree value={body.json} label={label} />
      </div>
    );
  return (
    <div className="flex flex-col gap-2">
      <p className="text-[0.8125rem] text-warning">{text.cut(body.characters)}</p>
      {body.preview === undefined ? null : <CodeBlock code={body.preview} label={text.beginning} />}
    </div>
  );
}
