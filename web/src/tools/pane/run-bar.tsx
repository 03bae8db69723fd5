import { Bookmark, Copy, Layers, Play, RotateCcw, Square } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { Tool } from "../../../../shared/contracts/tools";
import { Button } from "../../ui/button";
import { words } from "../../words";
import type { History } from "../stored/use-history";
import type { Arguments } from "../use-arguments";
import type { useRunTool } from "../use-run-tool";

const { run: text } = words.playground;
const icon = "size-4";
const doubleClickMs = 500;
const SavedDialog = lazy(() =>
  import("../stored/saved-dialog").then(({ SavedDialog }) => ({ default: SavedDialog })),
);
const CopyDialog = lazy(() =>
  import("./copy-dialog").then(({ CopyDialog }) => ({ default: CopyDialog })),
);

type Props = {
  tool: Tool;
  args: Arguments;
  actions: ReturnType<typeof useRunTool>;
  history: History;
  canRun: boolean;
  isRunning: boolean;
  hasRun: boolean;
};

/** What can be done with the arguments. */
export function RunBar({ tool, args, actions, history, canRun, isRunning, hasRun }: Props) {
  const [open, setOpen] = useState<"saved" | "copy">();
  const close = () => setOpen(undefined);
  const pressedAt = useRef(0);
  const run = () => {
    pressedAt.current = performance.now();
    actions.run();
  };
  // Cancel stands where Run stood: a double click on Run means no cancelling.
  const cancel = () => {
    if (performance.now() - pressedAt.current > doubleClickMs) actions.cancel();
  };
  return (
    <div className="sticky bottom-0 z-10 -mx-2 flex items-center gap-2 bg-canvas px-2 py-3">
      {isRunning ? (
        <Button
          icon={<Square aria-hidden className={icon} />}
          className="min-w-28"
          onClick={cancel}
        >
          {text.cancel}
        </Button>
      ) : (
        <Button
          look="primary"
          className="min-w-28"
          icon={<Play aria-hidden className={icon} />}
          busy={actions.state === "checking"}
          disabled={!canRun || args.textFault !== undefined}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={run}
        >
          {hasRun ? text.again : text.run}
        </Button>
      )}
      <Button
        icon={<Layers aria-hidden className={icon} />}
        disabled={!canRun || args.textFault !== undefined}
        onClick={actions.runAsJob}
      >
        <Wide>{text.asJob}</Wide>
      </Button>
      <Button icon={<RotateCcw aria-hidden className={icon} />} onClick={args.reset}>
        <Wide>{text.reset}</Wide>
      </Button>
      <Button icon={<Bookmark aria-hidden className={icon} />} onClick={() => setOpen("saved")}>
        <Wide>{text.saved}</Wide>
      </Button>
      <Button icon={<Copy aria-hidden className={icon} />} onClick={() => setOpen("copy")}>
        <Wide>{text.copyAs}</Wide>
      </Button>
      <kbd className="hidden text-xs whitespace-nowrap text-muted xl:inline">{text.shortcut}</kbd>
      <Suspense>
        {open === "saved" ? (
          <SavedDialog tool={tool} args={args} history={history} onClose={close} />
        ) : null}
        {open === "copy" ? <CopyDialog tool={tool} args={args.args} onClose={close} /> : null}
      </Suspense>
    </div>
  );
}

/** Seen where there is room for it, heard everywhere. */
const Wide = ({ children }: { children: string }) => (
  <span className="max-sm:sr-only">{children}</span>
);
