import { ChevronRight } from "lucide-react";
import { CodeBlock } from "../ui/code-block";
import { words } from "../words";

const say = words.signIn;

/** For whoever runs the hub and has a terminal: the way in that needs no account. */
export const LinkHint = ({ open }: { open: boolean }) => (
  <details open={open} className="group rounded-lg border border-line">
    <summary className="flex min-h-10 list-none items-center gap-2 rounded-lg px-3 py-2 text-sm font-medium hover:bg-raised">
      <ChevronRight
        aria-hidden
        className="size-4 shrink-0 transition-transform group-open:rotate-90"
      />
      {say.link.title}
    </summary>
    <div className="flex flex-col gap-2.5 px-3 pt-1 pb-3">
      <p className="text-sm text-muted">{open ? say.wayOn : say.link.hint}</p>
      <CodeBlock code="npm start" label={say.command} />
    </div>
  </details>
);
