import { CopyButton } from "../ui/copy-button";
import { plainLine } from "../ui/foreign";
import { words } from "../words";

/** A short text to take elsewhere. */
export const CopiedText = ({ text, label }: { text: string; label: string }) => (
  <span className="flex min-w-0 items-center gap-1">
    <code className="min-w-0 wrap-anywhere">{plainLine(text, 500)}</code>
    <CopyButton text={text} label={words.common.copyWhat(label)} className="-my-1" />
  </span>
);
