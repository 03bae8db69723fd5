import { MailCheck } from "lucide-react";
import type { ReactNode } from "react";
import { OutboxHint } from "./outbox-hint";

/** A mail is on its way: what it is for, and what to do where it does not come. */
export const CheckMail = ({ text, children }: { text: string; children?: ReactNode }) => (
  <div className="flex flex-col gap-4">
    <p role="status" className="flex items-start gap-2.5">
      <MailCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
      <span className="min-w-0 wrap-anywhere">{text}</span>
    </p>
    {children ?? <OutboxHint />}
  </div>
);
