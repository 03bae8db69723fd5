import { Circle, CircleCheck, LoaderCircle } from "lucide-react";

export type ProgressStep = { state: "done" | "now" | "later"; label: string };

/** How far something is that takes a moment. */
export const ProgressSteps = ({ label, steps }: { label: string; steps: ProgressStep[] }) => (
  <ol aria-label={label} className="flex flex-col gap-2">
    {steps.map((step) => (
      <Step key={step.label} {...step} />
    ))}
  </ol>
);

function Step({ state, label }: ProgressStep) {
  const Icon = { done: CircleCheck, now: LoaderCircle, later: Circle }[state];
  const look = { done: "text-success", now: "animate-spin text-accent", later: "text-muted" }[
    state
  ];
  return (
    <li className="flex items-center gap-2.5" aria-current={state === "now" ? "step" : undefined}>
      <Icon aria-hidden className={`size-4.5 shrink-0 ${look}`} />
      <span className={`min-w-0 wrap-anywhere ${state === "later" ? "text-muted" : ""}`}>
        {label}
        {state === "now" ? " …" : ""}
      </span>
    </li>
  );
}
