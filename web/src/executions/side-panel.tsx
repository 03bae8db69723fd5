import { Link } from "@tanstack/react-router";
import { Maximize2, X } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "../ui/button";
import { ForeignName } from "../ui/foreign";
import { Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { ExecutionDetail } from "./execution-detail";
import { useExecution } from "./use-execution";

const text = words.activity.detail;

/** A call's details beside the list. Escape closes them. */
export function SidePanel({ id, close }: { id: string; close: () => void }) {
  const { data: execution, error, refetch } = useExecution(id);
  useEffect(() => {
    const onKey = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      const isElsewhere = (target as Element).closest("input, select, textarea, [role=dialog]");
      if (key === "Escape" && !defaultPrevented && !isElsewhere) close();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [close]);
  return (
    <section aria-label={text.label} className="relative w-[30rem] shrink-0">
      <Panel className="absolute inset-0 flex flex-col">
        <div className="flex items-center gap-1 border-b border-line py-2 pr-2 pl-5">
          <h2 className="min-w-0 flex-1 truncate text-base">
            {execution ? <ForeignName>{execution.name}</ForeignName> : text.label}
          </h2>
          <Link
            to="/activity/$executionId"
            params={{ executionId: id }}
            aria-label={text.ownPage}
            title={text.ownPage}
            className="inline-grid size-9 place-items-center rounded-lg hover:bg-raised"
          >
            <Maximize2 aria-hidden className="size-4" />
          </Link>
          <IconButton label={text.close} onClick={close}>
            <X aria-hidden className="size-5" />
          </IconButton>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto p-5">
          {execution ? <ExecutionDetail execution={execution} level={3} /> : null}
          {error && !execution ? <ErrorNote error={error} retry={() => void refetch()} /> : null}
          {!execution && !error ? <SkeletonRows rows={6} className="h-10" /> : null}
        </div>
      </Panel>
    </section>
  );
}
