import type { ReactNode } from "react";
import { CopyButton } from "../ui/copy-button";
import { absoluteTime, RelativeTime } from "../ui/time";

export const factLink = "rounded text-accent underline-offset-2 hover:underline";

export const Facts = ({ children }: { children: ReactNode }) => (
  <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5 text-[0.8125rem]">
    {children}
  </dl>
);

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
);

export const When = ({ at }: { at: number }) => (
  <>
    {absoluteTime(at)} <span className="text-muted">(</span>
    <RelativeTime at={at} className="text-muted" />
    <span className="text-muted">)</span>
  </>
);

export const Id = ({ id, copy }: { id: string; copy: string }) => (
  <span className="flex items-center gap-1">
    <code className="min-w-0 wrap-anywhere">{id}</code>
    <CopyButton text={id} label={copy} className="-my-1" />
  </span>
);
