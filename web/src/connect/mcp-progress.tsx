import { useEffect, useState } from "react";
import { words } from "../words";
import { ProgressSteps } from "./progress-steps";

const said = words.connections.addPage.steps;

/** The hub gives a server this long to be reached; whoever waits longer waits for its listing. */
const reachedAfterMs = 15_500;
const slowAfterMs = 4000;

/** The hub answers once, at the end: until then only what is certain is told. */
export function McpProgress() {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => setWaited(Date.now() - began), 500);
    return () => clearInterval(timer);
  }, []);
  const reached = waited >= reachedAfterMs;
  return (
    <div role="status" className="flex flex-col gap-3 rounded-xl bg-raised p-4">
      <ProgressSteps
        label={said.label}
        steps={[
          { state: reached ? "done" : "now", label: said.reaching },
          { state: reached ? "now" : "later", label: said.reading },
        ]}
      />
      <p className="text-[0.8125rem] text-muted">
        {reached ? said.long : waited >= slowAfterMs ? said.slow : said.patience}
      </p>
    </div>
  );
}
