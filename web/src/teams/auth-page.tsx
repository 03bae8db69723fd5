import { useEffect, useRef, type ReactNode } from "react";
import { Announcer } from "../shell/announcer";
import { Logo } from "../shell/logo";
import { useTitle } from "../shell/title";
import { Panel } from "../ui/page";

/** A page that stands by itself: one card, one thing to do. `below` leads elsewhere. */
export function AuthPage({
  title,
  children,
  below,
}: {
  title: string;
  children: ReactNode;
  below?: ReactNode;
}) {
  useTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(title);
  useEffect(() => {
    if (before.current === title) return;
    before.current = title;
    // What had the focus is gone with the step before.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main className="grid min-h-dvh grid-cols-[minmax(0,26rem)] content-center justify-center gap-4 p-4 py-8">
      <Panel className="flex flex-col gap-5 p-6 sm:p-8">
        <header className="flex flex-col gap-4">
          <Logo className="size-10" />
          <h1 ref={heading} tabIndex={-1} className="text-xl outline-none wrap-anywhere">
            {title}
          </h1>
        </header>
        {children}
      </Panel>
      {below ? <div className="px-2 text-center text-sm text-muted">{below}</div> : null}
      <Announcer />
    </main>
  );
}
