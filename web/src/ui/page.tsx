import type { ReactNode } from "react";
import { useTitle } from "../shell/title";
import { classNames } from "./class-names";

/** A page: its title (for the window too), what one can do here, and its content. */
export function Page({
  title,
  description,
  actions,
  above,
  wide = false,
  children,
}: {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Stands above the title: the way back. */
  above?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div
      className={classNames(
        "mx-auto flex w-full flex-col gap-6 px-4 py-6 sm:px-6 lg:px-8 lg:py-8",
        wide ? "max-w-[100rem]" : "max-w-5xl",
      )}
    >
      <header className="flex flex-col gap-2">
        {above}
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <h1 tabIndex={-1} className="min-w-0 text-2xl outline-none wrap-anywhere">
            {title}
          </h1>
          {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
        </div>
        {description ? <p className="max-w-2xl text-muted">{description}</p> : null}
      </header>
      {children}
    </div>
  );
}

/** A panel with a heading of its own. */
export function Section({
  title,
  actions,
  children,
  className,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={classNames("flex min-w-0 flex-col gap-3", className)}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base">{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

export function Panel({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      className={classNames(
        "min-w-0 rounded-xl border border-line bg-surface shadow-panel",
        className,
      )}
    >
      {children}
    </div>
  );
}
