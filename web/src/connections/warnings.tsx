import { TriangleAlert } from "lucide-react";
import { ForeignText } from "../ui/foreign-text";
import { words } from "../words";

const said = words.connections.page;

/** What of a server's listing was left out, folded. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <details className="min-w-0 rounded-lg bg-warning-soft px-3 py-2 text-sm">
      <summary className="min-h-7 font-medium text-warning">
        <TriangleAlert aria-hidden className="mr-1.5 inline size-4 align-text-bottom" />
        {said.warnings(warnings.length)}
      </summary>
      <p className="pt-1.5 text-ink">{said.warningsHint}</p>
      <ul className="flex list-disc flex-col gap-1 pt-1.5 pl-5 text-ink">
        {warnings.map((warning, index) => (
          <li key={index}>
            <ForeignText longest={300}>{warning}</ForeignText>
          </li>
        ))}
      </ul>
    </details>
  );
}
