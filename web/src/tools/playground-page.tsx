import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { ArrowLeft, SquareTerminal } from "lucide-react";
import { useCallback } from "react";
import { useTitle } from "../shell/title";
import { classNames } from "../ui/class-names";
import { EmptyState } from "../ui/states";
import { words } from "../words";
import { ToolList } from "./list/tool-list";
import { ToolPane } from "./pane/tool-pane";
import { playgroundSearch, type PlaygroundSearch } from "./search";

const { playground } = words;

/** Tools at the left, the chosen one at the right; on a phone one after the other. */
export function PlaygroundPage() {
  const { toolId } = useParams({ strict: false });
  const search = playgroundSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const onSearch = useCallback(
    (change: PlaygroundSearch) =>
      void navigate({ to: ".", search: playgroundSearch(change), replace: true }),
    [navigate],
  );
  const isChosen = toolId !== undefined;
  return (
    <div className="flex w-full min-w-0 flex-1 flex-col lg:grid lg:grid-cols-[20rem_minmax(0,1fr)] xl:grid-cols-[22rem_minmax(0,1fr)]">
      <div
        className={classNames(
          "min-w-0 px-4 py-6 sm:px-6 lg:sticky lg:top-0 lg:h-dvh lg:overflow-y-auto lg:border-r lg:border-line lg:px-4",
          isChosen && "hidden lg:block",
        )}
      >
        <ListHeading isChosen={isChosen} />
        <ToolList search={search} toolId={toolId} onSearch={onSearch} />
      </div>
      {isChosen ? (
        <div className="flex min-w-0 flex-col gap-5 px-4 py-6 sm:px-6 lg:px-8">
          <Link
            to="/playground"
            search={search}
            className="inline-flex min-h-9 items-center gap-1.5 self-start text-sm text-muted hover:text-ink lg:hidden"
          >
            <ArrowLeft aria-hidden className="size-4" />
            {playground.tool.back}
          </Link>
          <ToolPane key={toolId} toolId={toolId} search={search} />
        </div>
      ) : (
        <div className="hidden px-8 py-16 lg:block">
          <EmptyState icon={<SquareTerminal className="size-6" />} title={playground.choose.title}>
            <p>{playground.choose.description}</p>
          </EmptyState>
        </div>
      )}
    </div>
  );
}

function ListHeading({ isChosen }: { isChosen: boolean }) {
  if (isChosen) return <p className="pb-3 text-base font-semibold">{playground.title}</p>;
  return (
    <div className="pb-4">
      <PageTitle />
      <h1 tabIndex={-1} className="text-2xl outline-none lg:text-xl">
        {playground.title}
      </h1>
      <p className="text-muted">{playground.list.description}</p>
    </div>
  );
}

function PageTitle() {
  useTitle(playground.title);
  return null;
}
