import { useMemo, useState } from "react";
import { Button } from "../../ui/button";
import { CopyButton } from "../../ui/copy-button";
import { JsonTree } from "../../ui/json-tree";
import { formatBytes, formatNumber } from "../../ui/time";
import { words } from "../../words";
import { Download } from "./download";
import { jsonInText } from "./json-in-text";

const { result: text } = words.playground;
const chunk = 20_000;
const mostShown = 400_000;

/** A text as it is, its beginning where it is long; where it is JSON, as a tree to look into. */
export function TextBlock({ text: content, label }: { text: string; label: string }) {
  const json = useMemo(() => jsonInText(content), [content]);
  const [asText, setAsText] = useState(false);
  const isLong = content.length > chunk;
  return (
    <div className="relative flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-raised p-2">
      {json === undefined && !isLong ? null : (
        <div className="flex min-h-8 flex-wrap items-center gap-1 pr-9">
          {json === undefined ? null : (
            <Button size="small" look="quiet" onClick={() => setAsText(!asText)}>
              {asText ? text.asJson : text.asText}
            </Button>
          )}
          {isLong ? (
            <Download
              name={json === undefined ? "result.txt" : "result.json"}
              parts={() => [content]}
              mimeType="text/plain"
            />
          ) : null}
        </div>
      )}
      <CopyButton
        text={content}
        label={words.common.copyWhat(label)}
        className="absolute top-2 right-2 bg-raised"
      />
      {json === undefined || asText ? (
        <PlainText content={content} label={label} />
      ) : (
        <JsonTree value={json} label={label} />
      )}
    </div>
  );
}

function PlainText({ content, label }: { content: string; label: string }) {
  const [shown, setShown] = useState(chunk);
  const rest = Math.min(content.length, mostShown) - shown;
  return (
    <>
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className="max-h-96 min-h-8 overflow-auto px-1 pt-1 pr-10 text-[0.8125rem] leading-relaxed whitespace-pre-wrap wrap-anywhere"
      >
        <bdi>{content.length > shown ? content.slice(0, shown) : content}</bdi>
      </pre>
      {content.length > shown ? (
        <div className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-muted">
          <span>{text.beginning(formatBytes(shown), formatBytes(content.length))}</span>
          {rest > 0 ? (
            <Button size="small" onClick={() => setShown(shown + chunk * 5)}>
              {text.showMore(formatNumber(Math.min(rest, chunk * 5)))}
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  );
}
