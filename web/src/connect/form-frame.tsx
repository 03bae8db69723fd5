import type { FormEvent, ReactNode, Ref } from "react";
import { Button } from "../ui/button";
import { Panel } from "../ui/page";

/** The form of a connection: its fields, what becomes of them, and its one button. */
export function FormFrame({
  form,
  busy,
  disabled = false,
  action,
  note,
  below,
  onSubmit,
  children,
}: {
  form: Ref<HTMLFormElement>;
  busy: boolean;
  disabled?: boolean;
  /** What the button says. */
  action: string;
  /** Beside the button. */
  note?: ReactNode;
  /** Progress and failures. */
  below?: ReactNode;
  onSubmit: () => void;
  children: ReactNode;
}) {
  return (
    <Panel>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className="flex flex-col"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!disabled) onSubmit();
        }}
      >
        <fieldset disabled={busy} className="flex min-w-0 flex-col gap-5 p-5">
          {children}
        </fieldset>
        <div className="flex flex-col gap-4 px-5 pb-5 empty:hidden">{below}</div>
        <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2 rounded-b-xl border-t border-line bg-canvas px-5 py-3.5">
          {note ? <p className="min-w-0 text-[0.8125rem] text-muted">{note}</p> : null}
          <Button type="submit" look="primary" busy={busy} disabled={disabled}>
            {action}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
