import { Menu as Base } from "@base-ui/react/menu";
import { Ellipsis } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button";
import { classNames } from "./class-names";
import type { MenuProps } from "./menu";

/** The menu from its first opening on. Arrow keys and first letters move in it. */
export function OpenMenu({ label, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(true), []);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger render={<IconButton label={label} />}>
        <Ellipsis aria-hidden className="size-4.5" />
      </Base.Trigger>
      {/* Within the page's landmark: nothing on the screen lies outside one. */}
      <Base.Portal container={document.querySelector("main")}>
        <Base.Positioner align="end" sideOffset={4} className="z-40">
          <Base.Popup className="min-w-48 rounded-xl border border-line bg-surface p-1.5 shadow-overlay outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {items.map(({ label, icon, run, danger = false, disabled = false }) => (
              <Base.Item
                key={label}
                disabled={disabled}
                onClick={run}
                className={classNames(
                  "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm outline-none select-none data-disabled:opacity-60 data-highlighted:bg-raised",
                  danger && "text-danger data-highlighted:bg-danger-soft",
                )}
              >
                {icon}
                {label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
