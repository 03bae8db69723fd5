import { ArrowUp } from "lucide-react";
import type { ListState } from "./live-list";

type NewAboveProps = {
  state: ListState;
  show: () => void;
  say: { showNew: string; newAbove: (count: number, more: boolean) => string };
};

/** Leads from further down to what came meanwhile. */
export const NewAbove = ({ state: { waiting, outdated, paused }, show, say }: NewAboveProps) =>
  waiting > 0 && !paused ? (
    <button
      type="button"
      title={say.showNew}
      onClick={show}
      className="absolute top-3 left-1/2 inline-flex min-h-9 -translate-x-1/2 items-center gap-1.5 rounded-full bg-primary px-4 text-[0.8125rem] font-medium text-on-primary shadow-overlay hover:bg-primary-hover"
    >
      <ArrowUp aria-hidden className="size-4" />
      {say.newAbove(waiting, outdated)}
    </button>
  ) : null;
