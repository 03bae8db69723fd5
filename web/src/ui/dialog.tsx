import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { words } from "../words";
import { classNames } from "./class-names";
import { Button, IconButton } from "./button";

type DialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Its buttons; the last one is what the dialog is for. */
  actions?: ReactNode;
  size?: "small" | "medium" | "large";
  /** Closed by its buttons only: what it shows does not come again. */
  lasting?: boolean;
};

const widths = { small: "max-w-md", medium: "max-w-xl", large: "max-w-3xl" };

/** Focus moves in, stays in, and returns to where it came from; Escape and the backdrop close it. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  actions,
  size = "medium",
  lasting = false,
}: DialogProps) {
  return (
    <Base.Root
      open={open}
      onOpenChange={(next, { reason }) => {
        const isSlip = reason === "escape-key" || reason === "outside-press";
        if (!next && !(lasting && isSlip)) onClose();
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={classNames(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-hidden",
            "rounded-2xl border border-line bg-surface shadow-overlay transition-[opacity,scale] data-ending-style:scale-97 data-ending-style:opacity-0 data-starting-style:scale-97 data-starting-style:opacity-0",
            widths[size],
          )}
        >
          <div className="flex items-start justify-between gap-4 px-5 pt-5">
            <Base.Title className="min-w-0 text-lg font-semibold wrap-anywhere">{title}</Base.Title>
            <Base.Close
              render={<IconButton label={words.common.close} className="-mt-1 -mr-1.5" />}
            >
              <X aria-hidden className="size-5" />
            </Base.Close>
          </div>
          <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 pt-2 pb-5">
            {description ? (
              <Base.Description className="text-muted wrap-anywhere">
                {description}
              </Base.Description>
            ) : null}
            {children}
          </div>
          {actions ? (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line bg-canvas px-5 py-3.5">
              {actions}
            </div>
          ) : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  confirm,
  dismiss = words.common.cancel,
  onConfirm,
  busy = false,
  danger = false,
  disabled = false,
  ...dialog
}: Omit<DialogProps, "actions" | "size"> & {
  confirm: string;
  /** What not doing it is called, where "Cancel" could be taken for doing it. */
  dismiss?: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
  disabled?: boolean;
}) {
  return (
    <Dialog
      {...dialog}
      size="small"
      actions={
        <>
          <Button onClick={dialog.onClose}>{dismiss}</Button>
          <Button
            look={danger ? "danger" : "primary"}
            busy={busy}
            disabled={disabled}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </>
      }
    />
  );
}
