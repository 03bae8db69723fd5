import { useId, type ReactNode } from "react";
import { classNames } from "../ui/class-names";

export type Card<Value extends string> = {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  aside?: ReactNode;
};

/** One of a few, each with what it means. */
export function ChoiceCards<Value extends string>({
  legend,
  cards,
  value,
  columns = false,
  onChange,
}: {
  legend: string;
  cards: readonly Card<Value>[];
  value: Value;
  /** Beside one another where there is room. */
  columns?: boolean;
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      <div className={classNames("grid gap-2", columns && "sm:grid-cols-2")}>
        {cards.map(({ value: own, label, hint, aside }) => (
          <label
            key={own}
            className="flex min-w-0 cursor-pointer items-start gap-3 rounded-lg border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={own}
              checked={own === value}
              onChange={() => onChange(own)}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
            />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-baseline justify-between gap-x-2 text-sm font-medium wrap-anywhere">
                {label}
                {aside}
              </span>
              {hint ? (
                <span className="block text-[0.8125rem] text-muted wrap-anywhere">{hint}</span>
              ) : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
