import { SlidersHorizontal } from "lucide-react";
import type { LimitUse } from "../../../shared/contracts/limits";
import { EmptyLine } from "../ui/empty-line";
import { plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { limits as say } from "../words/limits";

const { held: text } = say;

/** For who may not change limits: each that holds for them, and who may. */
export const SetForYou = ({ own }: { own: readonly LimitUse[] }) => (
  <Section title={text.title}>
    <p className="-mt-2 max-w-2xl text-[0.8125rem] text-muted">{text.description}</p>
    {own.length === 0 ? (
      <EmptyLine icon={<SlidersHorizontal aria-hidden className="size-4 shrink-0 text-muted" />}>
        {text.none}
      </EmptyLine>
    ) : (
      <Panel>
        <ul className="divide-y divide-line">
          {own.map((use) => (
            <li
              key={`${use.scope} ${use.subjectId} ${use.window}`}
              className="flex min-w-0 flex-col gap-x-4 px-5 py-2.5 text-sm sm:flex-row sm:items-baseline sm:justify-between"
            >
              <p className="font-medium wrap-anywhere">
                <bdi>{whose(use)}</bdi>
                <span className="font-normal text-muted tabular-nums">
                  {" "}
                  · {say.most[use.window](use.limit)}
                </span>
              </p>
              <p className="text-[0.8125rem] text-muted">{text.changes[use.from]}</p>
            </li>
          ))}
        </ul>
      </Panel>
    )}
  </Section>
);

const whose = ({ scope, name }: LimitUse): string =>
  scope === "team"
    ? text.whole
    : scope === "key"
      ? `${say.scope.key} ${plainLine(name, 60)}`
      : text.yours;
