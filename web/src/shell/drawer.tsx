import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { IconButton } from "../ui/button";
import { words } from "../words";
import { Navigation } from "./navigation";

/** The navigation on a phone. */
export function Drawer({ onClose, onSearch }: { onClose: () => void; onSearch: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/45 transition-opacity data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-canvas shadow-overlay transition-transform data-starting-style:-translate-x-full">
          <Dialog.Title className="sr-only">{words.shell.navigation}</Dialog.Title>
          <Dialog.Close
            render={
              <IconButton label={words.shell.closeNavigation} className="absolute top-3 right-3" />
            }
          >
            <X aria-hidden className="size-5" />
          </Dialog.Close>
          <Navigation onSearch={onSearch} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
