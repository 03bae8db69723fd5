import { lazy, Suspense, useState, type ComponentProps } from "react";
import type { ConfirmDialog as Loaded } from "./dialog";

const Dialog = lazy(() =>
  import("./dialog").then((dialogs) => ({ default: dialogs.ConfirmDialog })),
);

/** A question before something is done, loaded when it is first asked. */
export function ConfirmDialog(props: ComponentProps<typeof Loaded>) {
  const [wasAsked, setAsked] = useState(props.open);
  if (props.open && !wasAsked) setAsked(true);
  return wasAsked ? (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  ) : null;
}
