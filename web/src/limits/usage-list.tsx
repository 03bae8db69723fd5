import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Gauge } from "lucide-react";
import type { LimitUse } from "../../../shared/contracts/limits";
import { EmptyLine } from "../ui/empty-line";
import { Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { LoadMore } from "../ui/load-more";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { limits as say } from "../words/limits";
import { usesQuery } from "./requests";
import { limitsSearch, usedScopes, windows, type LimitsSearch } from "./search";
import { UseLine } from "./use-line";

const { uses: text } = say;

type UsageProps = { search: LimitsSearch; change: (search: LimitsSearch) => void };

/** Who uses what, the one nearest to its end first. */
export function UsageList({ search, change }: UsageProps) {
  const list = useInfiniteQuery(usesQuery(search));
  const uses = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Section
      title={text.title}
      actions={
        <div className="flex flex-wrap gap-2">
          <Select
            aria-label={text.filter}
            className="w-auto!"
            value={search.scope ?? ""}
            onChange={({ target }) => change(limitsSearch({ ...search, scope: target.value }))}
          >
            <option value="">{text.all}</option>
            {usedScopes.map((scope) => (
              <option key={scope} value={scope}>
                {text.only[scope]}
              </option>
            ))}
          </Select>
          <Select
            aria-label={text.window}
            className="w-auto!"
            value={search.window ?? ""}
            onChange={({ target }) => change(limitsSearch({ ...search, window: target.value }))}
          >
            <option value="">{text.anyWindow}</option>
            {windows.map((window) => (
              <option key={window} value={window}>
                {text.windows[window]}
              </option>
            ))}
          </Select>
        </div>
      }
    >
      <p className="-mt-2 text-[0.8125rem] text-muted">{text.description}</p>
      {list.error && !uses ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={3} className="h-18" /> : null}
      {uses?.length === 0 ? (
        <EmptyLine icon={<Gauge aria-hidden className="size-4 shrink-0 text-muted" />}>
          {text.none}
        </EmptyLine>
      ) : null}
      {uses?.length ? (
        <Panel>
          <ul className="divide-y divide-line">
            {uses.map((use) => (
              <li key={`${use.scope} ${use.subjectId} ${use.window}`} className="px-5 py-3.5">
                <UseLine use={use}>
                  <Whose use={use} />
                  <span className="text-muted">
                    {say.scope[use.scope]} · {say.window[use.window]}
                  </span>
                </UseLine>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <LoadMore list={list} byHand />
    </Section>
  );
}

const link = "min-w-0 font-medium underline-offset-2 hover:underline wrap-anywhere";

/** Leads to the calls that used it up. */
function Whose({ use: { scope, subjectId, name } }: { use: LimitUse }) {
  const shown = <bdi>{plainLine(name, 80)}</bdi>;
  const search = {
    team: {},
    member: {},
    person: { actor: subjectId },
    key: { actor: subjectId },
    connection: { connection: subjectId },
    tool: { tool: subjectId },
  }[scope];
  return (
    <Link to="/activity" search={{ ...search, since: "24h" }} className={link}>
      {shown}
    </Link>
  );
}
