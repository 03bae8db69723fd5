import type { ReactNode } from "react";

/** Small print under a name: what is known, side by side where there is room. */
export const InlineFacts = ({
  facts,
}: {
  facts: readonly (readonly [label: string, value: ReactNode])[];
}) => (
  <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-[0.8125rem] text-muted">
    {facts.map(([label, value]) => (
      <div key={label} className="flex min-w-0 gap-1.5">
        <dt className="shrink-0">{label}</dt>
        <dd className="min-w-0 text-ink wrap-anywhere">{value}</dd>
      </div>
    ))}
  </dl>
);
