import { createLink } from "@tanstack/react-router";
import { LoaderCircle } from "lucide-react";
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from "react";
import { classNames } from "./class-names";

export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "small" | "medium";

const looks: Record<ButtonLook, string> = {
  primary: "bg-primary text-on-primary hover:bg-primary-hover",
  secondary: "border border-line bg-surface text-ink hover:bg-raised",
  quiet: "text-ink hover:bg-raised",
  danger: "bg-danger text-on-danger hover:brightness-110",
};
const sizes: Record<ButtonSize, string> = {
  small: "min-h-8 px-2.5 text-[0.8125rem] gap-1.5",
  medium: "min-h-9.5 px-3.5 text-sm gap-2",
};

const shape = (look: ButtonLook, size: ButtonSize, more?: string) =>
  classNames(
    "inline-flex shrink-0 items-center justify-center rounded-lg font-medium transition-colors select-none",
    "disabled:opacity-60 aria-disabled:opacity-60",
    looks[look],
    sizes[size],
    more,
  );

type Look = { look?: ButtonLook; size?: ButtonSize; icon?: ReactNode };

export type ButtonProps = Look &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** Shows that it works, and takes no second press. False where it may come to work. */
    busy?: boolean;
    ref?: Ref<HTMLButtonElement>;
  };

export function Button({
  look = "secondary",
  size = "medium",
  icon,
  busy,
  className,
  children,
  disabled,
  type = "button",
  onClick,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    // The second half of a double click comes before the first has made the button busy.
    if (busy === true || (busy === false && event.detail > 1)) return event.preventDefault();
    onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={press}
      className={shape(look, size, className)}
    >
      {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : icon}
      {children}
    </button>
  );
}

type AnchorProps = Look &
  AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

function Anchor({
  look = "secondary",
  size = "medium",
  icon,
  className,
  children,
  ...rest
}: AnchorProps) {
  return (
    <a {...rest} className={shape(look, size, className)}>
      {icon}
      {children}
    </a>
  );
}

/** A link of the router that looks like a button. */
export const ButtonLink = createLink(Anchor);

/** A link that leaves the dashboard and looks like a button. */
export const ButtonAnchor = Anchor;

/** A button that shows an icon only; `label` is its name for everybody who does not see it. */
export function IconButton({
  label,
  children,
  className,
  look = "quiet",
  size = "medium",
  ...rest
}: Omit<ButtonProps, "icon"> & { label: string }) {
  return (
    <button
      {...rest}
      type={rest.type ?? "button"}
      aria-label={label}
      title={label}
      className={classNames(
        size === "small" ? "size-8" : "size-9",
        "inline-grid shrink-0 place-items-center rounded-lg transition-colors disabled:opacity-60",
        looks[look],
        className,
      )}
    >
      {children}
    </button>
  );
}
