import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { plainLine } from "../../ui/foreign";
import { words } from "../../words";
import { focusField } from "../form/focus-field";
import type { Faults } from "../values/faults";

const { faults: text } = words.playground;
const mostShown = 10;

/** What is to mend, each with the way to its field. It takes the focus when it appears. */
export function FaultSummary({ faults }: { faults: Faults }) {
  const frame = useRef<HTMLDivElement>(null);
  const count = faults.size;
  useEffect(() => {
    if (count > 0) frame.current?.focus();
    // Only where it appears: mending one fault after the other keeps the focus in the field.
  }, [count > 0]);
  if (count === 0) return null;
  return (
    <div
      ref={frame}
      tabIndex={-1}
      className="flex min-w-0 items-start gap-3 rounded-lg border border-danger/40 bg-danger-soft p-3 text-sm outline-none"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-medium">{text.summary(count)}</p>
        <ul>
          {[...faults].slice(0, mostShown).map(([pointer, messages]) => (
            <li key={pointer} className="wrap-anywhere">
              <button
                type="button"
                className="min-h-7 min-w-7 text-left font-medium underline"
                onClick={() => focusField(pointer)}
              >
                {pointer === "" ? text.whole : plainLine(pointer.slice(1).replaceAll("/", " › "))}
              </button>{" "}
              {messages.join(" ")}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
