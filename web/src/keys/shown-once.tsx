import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";
import { words } from "../words";

const say = words.keys.shown;

/** A secret, this one time. Neither a slip beside the dialog nor Escape takes it away unread. */
export function ShownOnce({
  title = say.title,
  warning = say.once,
  label,
  secret,
  children,
  onClose,
}: {
  title?: string;
  warning?: string;
  label: string;
  secret: string;
  children?: ReactNode;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      lasting
      onClose={onClose}
      title={title}
      actions={
        <Button look="primary" onClick={onClose}>
          {say.done}
        </Button>
      }
    >
      <p className="flex items-start gap-2 rounded-lg bg-warning-soft p-2.5 text-[0.8125rem] text-warning">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>{warning}</span>
      </p>
      {children}
      <CodeBlock code={secret} label={label} />
    </Dialog>
  );
}
