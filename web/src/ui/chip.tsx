import { X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const chip =
  "inline-flex min-h-8 items-center gap-1.5 rounded-full border px-3 text-[0.8125rem] font-medium";
const set = "border-accent bg-accent-soft text-accent";

/** One of several that can be chosen together. */
export const ChoiceChip = ({
  chosen,
  toggle,
  children,
}: {
  chosen: boolean;
  toggle: () => void;
  children: ReactNode;
}) => (
  <button
    type="button"
    aria-pressed={chosen}
    onClick={toggle}
    className={classNames(
      chip,
      chosen ? set : "border-line bg-surface text-muted hover:border-line-strong hover:text-ink",
    )}
  >
    {children}
  </button>
);

/** Something that is set, and goes when it is pressed; `label` says so. */
export const SetChip = ({
  label,
  children,
  remove,
}: {
  label: string;
  children: string;
  remove: () => void;
}) => (
  <button
    type="button"
    aria-label={label}
    onClick={remove}
    className={classNames(chip, set, "max-w-full")}
  >
    <bdi className="truncate">{children}</bdi>
    <X aria-hidden className="size-3.5 shrink-0" />
  </button>
);
