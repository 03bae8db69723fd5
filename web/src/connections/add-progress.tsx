import { Circle, CircleCheck, LoaderCircle } from "lucide-react";
import { useEffect, useState } from "react";
import { words } from "../words";

const said = words.connections.addPage.steps;

/** The hub gives a server this long to be reached; whoever waits longer waits for its listing. */
const reachedAfterMs = 15_500;
const slowAfterMs = 4000;

/** The hub answers once, at the end: until then only what is certain is told. */
export function AddProgress() {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setWaited(Date.now() - began), 500);
    return () => clearInterval(timer);
  }, []);
  const reached = waited >= reachedAfterMs;
  return (
    <div role="status" className="flex flex-col gap-3 rounded-xl bg-raised p-4">
      <ol aria-label={said.label} className="flex flex-col gap-2">
        <Step state={reached ? "done" : "now"}>{said.reaching}</Step>
        <Step state={reached ? "now" : "later"}>{said.reading}</Step>
      </ol>
      <p className="text-[0.8125rem] text-muted">
        {reached ? said.long : waited >= slowAfterMs ? said.slow : said.patience}
      </p>
    </div>
  );
}

function Step({ state, children }: { state: "done" | "now" | "later"; children: string }) {
  const Icon = { done: CircleCheck, now: LoaderCircle, later: Circle }[state];
  const look = { done: "text-success", now: "animate-spin text-accent", later: "text-muted" }[
    state
  ];
  return (
    <li className="flex items-center gap-2.5" aria-current={state === "now" ? "step" : undefined}>
      <Icon aria-hidden className={`size-4.5 ${look}`} />
      <span className={state === "later" ? "text-muted" : ""}>
        {children}
        {state === "now" ? " …" : ""}
      </span>
    </li>
  );
}
