import { ChevronRight, Info } from "lucide-react";
import { ButtonAnchor } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import type { Instructions, Step, Way } from "./step";

/** The first way stands open; the others are a press away. */
export function Steps({ instructions: { notice, ways } }: { instructions: Instructions }) {
  const [main, ...others] = ways;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <h2 className="text-base">{main.title}</h2>
      {notice === undefined ? null : (
        <p className="flex items-start gap-2.5 rounded-lg bg-warning-soft p-3 text-sm text-warning">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
          {notice}
        </p>
      )}
      <StepList way={main} />
      {others.map((way) => (
        <details key={way.title} className="group rounded-lg border border-line">
          <summary className="flex min-h-10 list-none items-center gap-2 rounded-lg px-3 py-2 text-sm font-medium hover:bg-raised">
            <ChevronRight
              aria-hidden
              className="size-4 shrink-0 transition-transform group-open:rotate-90"
            />
            {way.title}
          </summary>
          <div className="px-3 pt-2 pb-4">
            <StepList way={way} />
          </div>
        </details>
      ))}
    </div>
  );
}

const StepList = ({ way: { steps } }: { way: Way }) => (
  <ol className="flex min-w-0 flex-col gap-4">
    {steps.map((step, at) => (
      <li key={step.text} className="flex min-w-0 gap-3">
        {steps.length > 1 ? (
          <span
            aria-hidden
            className="mt-px grid size-6 shrink-0 place-items-center rounded-full bg-raised text-xs font-semibold text-muted"
          >
            {at + 1}
          </span>
        ) : null}
        <StepContent step={step} />
      </li>
    ))}
  </ol>
);

/** A page of the hub, where others open a program. */
const isOwn = (href: string): boolean => href.startsWith("/");

const StepContent = ({ step: { text, code, links } }: { step: Step }) => (
  <div className="flex min-w-0 flex-1 flex-col gap-2">
    <p className="text-sm wrap-anywhere">{text}</p>
    {links ? (
      <div className="flex flex-wrap gap-2">
        {links.map(({ label, href }, at) => (
          <ButtonAnchor
            key={label}
            href={href}
            look={at > 0 || isOwn(href) ? "secondary" : "primary"}
          >
            {label}
          </ButtonAnchor>
        ))}
      </div>
    ) : null}
    {code ? <CodeBlock code={code.text} label={code.label} /> : null}
  </div>
);
