import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "./class-names";

/** What a field hands its control, so that label, hint and error belong to it. */
export type ControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do next. */
  error?: string | undefined;
  required?: boolean;
  /** Stands at the right of the label. */
  aside?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

export function Field({ label, hint, error, required, aside, className, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={classNames("flex min-w-0 flex-col gap-1.5", className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <label htmlFor={id} className="text-sm font-medium wrap-anywhere">
          {label}
          {required ? (
            <span aria-hidden className="text-danger">
              {" *"}
            </span>
          ) : null}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": described === "" ? undefined : described,
        "aria-invalid": error ? true : undefined,
        "aria-required": required ? true : undefined,
      })}
      {hint ? (
        <p id={`${id}-hint`} className="text-[0.8125rem] text-muted wrap-anywhere">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-[0.8125rem] text-danger wrap-anywhere">
          {error}
        </p>
      ) : null}
    </div>
  );
}

const control =
  "w-full min-w-0 rounded-lg border border-line-strong/70 bg-surface px-3 text-sm text-ink " +
  "hover:border-line-strong aria-invalid:border-danger disabled:bg-raised disabled:text-muted";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={classNames(control, "min-h-9.5", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={classNames(control, "min-h-20 py-2", className)} />;
}

/** The browser's own, which every phone and screen reader knows how to show. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select {...rest} className={classNames(control, "min-h-9.5 pr-8", className)}>
      {children}
    </select>
  );
}

export function Checkbox({
  label,
  hint,
  className,
  ...rest
}: ComponentProps<"input"> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={classNames("flex items-start gap-2.5", className)}>
      <input
        {...rest}
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <div className="min-w-0">
        <label htmlFor={id} className="text-sm wrap-anywhere">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-[0.8125rem] text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
