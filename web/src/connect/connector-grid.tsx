import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import type { ConnectorSummary } from "../../../shared/contracts/connectors";
import { connect as connectWords } from "../words/connect";
import { InitialsTile } from "./initials-tile";

const say = connectWords.choose;

/** The connectors as tiles; arrow keys go from one to the next. */
export const ConnectorGrid = ({ connectors }: { connectors: readonly ConnectorSummary[] }) => (
  <ul
    aria-label={say.list}
    className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3"
    onKeyDown={moveAmongTiles}
  >
    {connectors.map(({ id, name, category, description }) => (
      <li
        key={id}
        className="relative flex min-w-0 items-start gap-3 rounded-xl border border-line bg-surface p-3.5 shadow-panel transition-colors hover:border-line-strong hover:bg-raised"
      >
        <InitialsTile name={name} category={category} />
        <div className="min-w-0 flex-1">
          <Link
            to="/connections/new"
            search={{ connector: id }}
            className="text-sm font-semibold wrap-anywhere after:absolute after:inset-0 after:rounded-xl"
          >
            {name}
          </Link>
          <p className="line-clamp-2 text-[0.8125rem] text-muted wrap-anywhere">{description}</p>
          <p className="mt-1 text-xs text-muted">{say.categories[category]}</p>
        </div>
      </li>
    ))}
  </ul>
);

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function moveAmongTiles(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>("a")];
  const next = tiles[tiles.findIndex((tile) => tile === document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
