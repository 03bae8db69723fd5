import { Toast } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect } from "react";
import { words } from "../words";
import { IconButton } from "./button";
import { onNotice, type Notice } from "./notify";

const icons = {
  neutral: <Info aria-hidden className="size-5 text-accent" />,
  success: <CircleCheck aria-hidden className="size-5 text-success" />,
  danger: <CircleAlert aria-hidden className="size-5 text-danger" />,
};

export function Toaster() {
  return (
    <Toast.Provider limit={3}>
      <Notices />
    </Toast.Provider>
  );
}

function Notices() {
  const { toasts, add, close } = Toast.useToastManager<{ tone: NonNullable<Notice["tone"]> }>();
  useEffect(
    () =>
      onNotice(({ title, description, tone, action, timeout = 6000 }) => {
        const id = add({
          title,
          ...(description === undefined ? {} : { description }),
          timeout,
          priority: tone === "danger" ? "high" : "low",
          data: { tone: tone ?? "neutral" },
          ...(action ? { actionProps: { children: action.label, onClick: press } } : {}),
        });
        function press() {
          close(id);
          action?.run();
        }
      }),
    [add, close],
  );
  return (
    <Toast.Portal>
      <Toast.Viewport className="pointer-events-none fixed inset-x-4 bottom-4 z-60 flex flex-col gap-2 outline-none sm:left-auto sm:w-96">
        {toasts.map((toast) => (
          <Toast.Root
            key={toast.id}
            toast={toast}
            className="pointer-events-auto flex items-start gap-3 rounded-xl border border-line bg-surface p-4 shadow-overlay transition-[opacity,translate] data-ending-style:translate-y-2 data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
          >
            {icons[toast.data?.tone ?? "neutral"]}
            <div className="min-w-0 flex-1">
              <Toast.Title className="text-sm font-semibold wrap-anywhere" />
              <Toast.Description className="text-sm text-muted wrap-anywhere" />
              <Toast.Action className="mt-2 min-h-8 rounded-lg border border-line px-2.5 text-[0.8125rem] font-medium hover:bg-raised" />
            </div>
            <Toast.Close
              render={
                <IconButton label={words.common.close} size="small" className="-mt-1 -mr-1" />
              }
            >
              <X aria-hidden className="size-4" />
            </Toast.Close>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
