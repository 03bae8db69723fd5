import type { Limits } from "../../../shared/contracts/limits";
import { Panel, Section } from "../ui/page";
import { plainLine } from "../ui/foreign";
import { formatNumber } from "../ui/time";
import { limits as say } from "../words/limits";

const { plan: text } = say;

/** What the team's plan allows. */
export function PlanCard({ limits: { plan, inFlight } }: { limits: Limits }) {
  const facts = [
    [text.perMinute, amount(plan.perMinute)],
    [text.perDay, amount(plan.perDay)],
    [text.inFlight, formatNumber(plan.inFlight), text.inFlightNow(inFlight.now, inFlight.most)],
    [text.jobsAtOnce, formatNumber(plan.jobsAtOnce)],
    [text.keptDays, text.days(plan.keptDays)],
  ] as const;
  return (
    <Section title={text.title(plainLine(plan.name, 40))}>
      <Panel className="overflow-hidden">
        <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-3 lg:grid-cols-5">
          {facts.map(([name, value, now]) => (
            <div
              key={name}
              className="flex min-w-0 flex-col bg-surface px-4 py-3 last:col-span-2 sm:last:col-span-2 lg:last:col-span-1"
            >
              <dt className="text-[0.8125rem] text-muted">{name}</dt>
              <dd className="text-base font-semibold tabular-nums">{value}</dd>
              {now === undefined ? null : (
                <dd className="text-[0.8125rem] text-muted tabular-nums">{now}</dd>
              )}
            </div>
          ))}
        </dl>
      </Panel>
    </Section>
  );
}

const amount = (most: number | null): string =>
  most === null ? text.unlimited : formatNumber(most);
