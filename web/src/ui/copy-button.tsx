import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { words } from "../words";
import { announce } from "../shell/announcer";
import { Button, IconButton } from "./button";
import { notify } from "./notify";

function useCopied(text: string | (() => string)) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === "string" ? text : text());
      setCopied(true);
      announce(words.common.copied);
    } catch {
      notify({ tone: "danger", title: words.common.copyFailed });
    }
  };
  return { copied, copy };
}

type CopyProps = { text: string | (() => string); label: string; className?: string };

export function CopyButton({ text, label, className }: CopyProps) {
  const { copied, copy } = useCopied(text);
  return (
    <IconButton size="small" label={label} className={className} onClick={() => void copy()}>
      {copied ? (
        <Check aria-hidden className="size-4 text-success" />
      ) : (
        <Copy aria-hidden className="size-4" />
      )}
    </IconButton>
  );
}

/** The same with its words beside it. */
export function CopyTextButton({ text, label, className }: CopyProps) {
  const { copied, copy } = useCopied(text);
  return (
    <Button
      size="small"
      className={className ?? ""}
      icon={
        copied ? (
          <Check aria-hidden className="size-4 text-success" />
        ) : (
          <Copy aria-hidden className="size-4" />
        )
      }
      onClick={() => void copy()}
    >
      {copied ? words.common.copied : label}
    </Button>
  );
}
