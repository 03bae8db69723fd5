import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { words } from "../words";
import { Button } from "./button";
import { plainLine } from "./foreign";

const chunk = 100;
const longestText = 2000;

/** JSON to look into. Children are made when their parent is opened, a hundred at a time, so size costs nothing. */
export function JsonTree({ value, label }: { value: unknown; label: string }) {
  return (
    <div
      role="group"
      aria-label={label}
      className="min-w-0 overflow-x-auto font-mono text-[0.8125rem] leading-6"
    >
      <Node value={value} open />
    </div>
  );
}

function Node({ name, value, open = false }: { name?: string; value: unknown; open?: boolean }) {
  const [isOpen, setOpen] = useState(open);
  const [shown, setShown] = useState(chunk);
  if (typeof value !== "object" || value === null)
    return (
      <div className="flex min-w-0 gap-1.5 pl-6">
        <Name name={name} />
        <Scalar value={value} />
      </div>
    );
  const isArray = Array.isArray(value);
  const keys = isOpen || !isArray ? Object.keys(value) : [];
  const count = isArray ? value.length : keys.length;
  return (
    <div className="min-w-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-7 max-w-full items-center gap-1.5 rounded pr-2 text-left hover:bg-raised"
      >
        <ChevronRight
          aria-hidden
          className={`size-4.5 shrink-0 transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <Name name={name} />
        <span className="text-muted">
          {isArray ? words.json.items(count) : words.json.fields(count)}
        </span>
      </button>
      {isOpen ? (
        <div className="ml-2 border-l border-line pl-2">
          {keys.slice(0, shown).map((key) => (
            <Node key={key} name={key} value={(value as Record<string, unknown>)[key]} />
          ))}
          {keys.length > shown ? (
            <Button
              size="small"
              look="quiet"
              className="ml-4"
              onClick={() => setShown(shown + chunk * 5)}
            >
              {words.json.more(keys.length - shown)}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

const Name = ({ name }: { name: string | undefined }) =>
  name === undefined ? null : <bdi className="shrink-0 text-accent">{plainLine(name, 100)}:</bdi>;

function Scalar({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== "string") return <span className="text-warning">{String(value)}</span>;
  const cut = value.length > longestText && !whole;
  return (
    <span className="min-w-0 text-success">
      <bdi className="whitespace-pre-wrap wrap-anywhere">
        “{cut ? value.slice(0, longestText) : value}”
      </bdi>
      {cut ? (
        <Button size="small" look="quiet" onClick={() => setWhole(true)}>
          {words.json.wholeText(value.length)}
        </Button>
      ) : null}
    </span>
  );
}
