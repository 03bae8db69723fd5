import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { ForeignName, plainLine } from "../../ui/foreign";
import { JsonTree } from "../../ui/json-tree";
import { words } from "../../words";
import type { Block } from "./blocks";
import { FileBlock } from "./file-block";
import { MediaBlock } from "./media-block";
import { TextBlock } from "./text-block";

const { result: text } = words.playground;

/** One part of a result. */
export function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "text":
      return <TextBlock text={block.text} label={text.text} />;
    case "document":
      return (
        <Named title={text.document} detail={`${block.uri} · ${block.mimeType}`}>
          <TextBlock text={block.text} label={text.document} />
        </Named>
      );
    case "image":
    case "audio":
      return <MediaBlock block={block} />;
    case "file":
      return <FileBlock {...block} />;
    case "link":
      return <LinkBlock {...block} />;
    case "unknown":
      return (
        <Named title={text.unknown}>
          <JsonTree value={block.value} label={text.unknown} />
        </Named>
      );
  }
}

function Named({
  title,
  detail,
  children,
}: {
  title: string;
  detail?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h2 className="text-sm font-medium">{title}</h2>
      {detail === undefined ? null : (
        <p className="text-[0.8125rem] text-muted">
          <ForeignName>{detail}</ForeignName>
        </p>
      )}
      {children}
    </div>
  );
}

/** A link is one only where it leads to the web; the host is spelled out, as the name may say anything. */
function LinkBlock({ uri, host, name, description }: Extract<Block, { kind: "link" }>) {
  return (
    <div className="min-w-0 rounded-lg border border-line p-3">
      <p className="text-[0.8125rem] text-muted">{text.link}</p>
      <p className="font-medium wrap-anywhere">
        <bdi>{name}</bdi>
      </p>
      {description === undefined ? null : (
        <p className="text-sm wrap-anywhere">
          <bdi>{description}</bdi>
        </p>
      )}
      {host === undefined ? null : (
        <p className="text-[0.8125rem] text-muted">{text.leadsTo(host)}</p>
      )}
      {host === undefined ? (
        <code className="wrap-anywhere text-muted">
          <bdi>{plainLine(uri, 500)}</bdi>
        </code>
      ) : (
        <a
          href={uri}
          target="_blank"
          rel="noopener noreferrer"
          className="inline-flex min-h-7 items-center gap-1.5 text-sm text-accent underline wrap-anywhere"
        >
          <bdi>{plainLine(uri, 300)}</bdi>
          <ExternalLink aria-hidden className="size-3.5 shrink-0" />
        </a>
      )}
    </div>
  );
}
