import { plainText } from "../ui/plain-text";
import { plainLine } from "../ui/foreign";
import { audit as auditWords } from "../words/audit";
import type { Change } from "./changes";

const say = auditWords.detail;
const longest = 2000;

/** Before and after, a field to a line. On a phone one stands below the other. */
export const ChangeTable = ({ changes }: { changes: readonly Change[] }) => (
  <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line text-[0.8125rem]">
    {changes.map(({ field, before, after }) => (
      <li key={field} className="grid gap-x-3 gap-y-1.5 p-3 sm:grid-cols-[8rem_1fr_1fr]">
        <p className="font-medium wrap-anywhere">
          <bdi>{plainLine(field, 80)}</bdi>
        </p>
        <Value label={say.before} value={before} look="bg-danger-soft text-danger" sign="−" />
        <Value label={say.after} value={after} look="bg-success-soft text-success" sign="+" />
      </li>
    ))}
  </ul>
);

function Value({
  label,
  value,
  look,
  sign,
}: {
  label: string;
  value: unknown;
  look: string;
  sign: string;
}) {
  if (value === undefined)
    return (
      <p className="px-2 py-1 text-muted">
        <span className="sr-only">{label}: </span>
        {say.nothing}
      </p>
    );
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  return (
    <p className={`flex min-w-0 gap-2 rounded-md px-2 py-1 font-mono ${look}`}>
      <span className="sr-only">{label}: </span>
      <span aria-hidden>{sign}</span>
      <bdi className="min-w-0 whitespace-pre-wrap wrap-anywhere">{plainText(text, longest)}</bdi>
    </p>
  );
}
