import type { ReactNode } from "react";

export type Level = 2 | 3;

/** A part of the details, with its heading below that of whatever draws them. */
export function DetailSection({
  level,
  title,
  actions,
  children,
}: {
  level: Level;
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className="flex min-w-0 flex-col gap-2.5">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <Heading className="text-sm">{title}</Heading>
        {actions ? <div className="flex flex-wrap items-center gap-1.5">{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
