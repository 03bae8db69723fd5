import { Menu } from "@base-ui/react/menu";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { classNames } from "../ui/class-names";

/** A button of the navigation with a menu, from its first opening on. */
export function PopupButton({
  className,
  face,
  side,
  children,
}: {
  className: string;
  face: ReactNode;
  side: "top" | "bottom";
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Within a landmark; on a phone, within the drawer, beside which nothing can be reached.
    setPlace(trigger.current?.closest("[role=dialog]") ?? document.querySelector("main"));
    setOpen(true);
  }, []);
  return (
    <Menu.Root open={open} onOpenChange={setOpen}>
      <Menu.Trigger ref={trigger} className={className}>
        {face}
      </Menu.Trigger>
      <Menu.Portal container={place}>
        <Menu.Positioner side={side} align="start" sideOffset={4} className="z-40">
          <Menu.Popup className="max-h-[min(28rem,70dvh)] w-(--anchor-width) min-w-56 overflow-y-auto rounded-xl border border-line bg-surface p-1.5 shadow-overlay outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

export const popupItem = (danger = false): string =>
  classNames(
    "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm outline-none select-none data-disabled:opacity-60 data-highlighted:bg-raised",
    danger && "text-danger data-highlighted:bg-danger-soft",
  );

export const PopupLine = () => <Menu.Separator className="mx-1 my-1.5 h-px bg-line" />;
