import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";
import { words } from "../words";

/** Code to read and to copy. `label` names it for screen readers. */
export function CodeBlock({
  code,
  label,
  className,
  copy = true,
}: {
  code: string;
  label: string;
  className?: string;
  copy?: boolean;
}) {
  return (
    <div
      className={classNames("relative min-w-0 rounded-lg border border-line bg-raised", className)}
    >
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className="max-h-96 overflow-auto p-3 pr-12 text-[0.8125rem] leading-relaxed whitespace-pre-wrap wrap-anywhere"
      >
        <code className="text-[1em]">{code}</code>
      </pre>
      {copy ? (
        <CopyButton
          text={code}
          label={words.common.copyWhat(label)}
          className="absolute top-1.5 right-1.5 bg-raised"
        />
      ) : null}
    </div>
  );
}
