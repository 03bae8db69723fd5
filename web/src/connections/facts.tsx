import type { ReactNode } from "react";
import { Panel } from "../ui/page";
import { absoluteTime, RelativeTime } from "../ui/time";

/** What is known of something, as names and values. */
export const FactsPanel = ({ title, children }: { title: string; children: ReactNode }) => (
  <Panel className="p-5">
    <h2 className="mb-3 text-base">{title}</h2>
    <dl className="flex flex-col gap-2.5">{children}</dl>
  </Panel>
);

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid min-w-0 items-baseline grid-cols-[6.75rem_minmax(0,1fr)] gap-x-3 text-sm sm:grid-cols-[8.5rem_minmax(0,1fr)] sm:gap-x-4">
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </div>
);

export const When = ({ at }: { at: number }) => (
  <>
    <RelativeTime at={at} />
    <span className="block text-[0.8125rem] text-muted">{absoluteTime(at)}</span>
  </>
);
