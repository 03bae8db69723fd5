import { ChevronRight } from "lucide-react";
import type { Outbox } from "../../../shared/contracts/auth";
import { CopyTextButton } from "../ui/copy-button";
import { ForeignName } from "../ui/foreign";
import { Panel } from "../ui/page";
import { plainText } from "../ui/plain-text";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { textParts } from "./text-parts";

const say = words.outbox;

export function Mail({
  mail: { to, subject, text, at },
  open,
}: {
  mail: Outbox["items"][number];
  open: boolean;
}) {
  return (
    <Panel>
      <details open={open} className="group">
        <summary className="flex min-w-0 list-none items-start gap-2.5 rounded-xl px-4 py-3 hover:bg-raised">
          <ChevronRight
            aria-hidden
            className="mt-1 size-4 shrink-0 transition-transform group-open:rotate-90"
          />
          <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4">
            <span className="text-sm font-medium wrap-anywhere">
              <ForeignName>{subject}</ForeignName>
            </span>
            <RelativeTime at={at} className="text-[0.8125rem] text-muted" />
            <span className="w-full text-[0.8125rem] text-muted">
              {say.to} <ForeignName>{to}</ForeignName>
            </span>
          </span>
        </summary>
        <div className="flex flex-col items-start gap-3 border-t border-line px-4 py-4 sm:pl-10.5">
          <p className="w-full text-sm whitespace-pre-wrap wrap-anywhere">
            {textParts(plainText(text), location.origin).map(({ text: part, href }, n) =>
              href === undefined ? (
                part
              ) : (
                <a key={n} href={href} className="font-medium text-accent underline">
                  {part}
                </a>
              ),
            )}
          </p>
          <CopyTextButton text={text} label={say.copy} />
        </div>
      </details>
    </Panel>
  );
}
