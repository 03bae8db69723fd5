import type { ReactNode } from "react";
import { Panel } from "./page";
import { absoluteTime, RelativeTime } from "./time";

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

/** Small print under a name: what is known, side by side where there is room. */
export const InlineFacts = ({
  facts,
}: {
  facts: readonly (readonly [label: string, value: ReactNode])[];
}) => (
  <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] text-muted">
    {facts.map(([label, value]) => (
      <div key={label} className="flex min-w-0 gap-1.5">
        <dt>{label}</dt>
        <dd className="min-w-0 text-ink wrap-anywhere">{value}</dd>
      </div>
    ))}
  </dl>
);
