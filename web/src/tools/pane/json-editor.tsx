import { Button } from "../../ui/button";
import { Field, Textarea } from "../../ui/field";
import { words } from "../../words";
import type { Arguments } from "../use-arguments";
import { FaultSummary } from "./fault-summary";

const { json } = words.playground;

/** The arguments as text. What the form does not know is kept here too. */
export function JsonEditor({ args }: { args: Arguments }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <FaultSummary faults={args.faults} />
      <Field
        label={json.label}
        error={sentence(args.textFault)}
        aside={
          <Button
            size="small"
            look="quiet"
            disabled={args.textFault !== undefined}
            onClick={() => args.begin(args.args, args.replayOf)}
          >
            {json.format}
          </Button>
        }
      >
        {(control) => (
          <Textarea
            {...control}
            rows={12}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            className="field-sizing-content max-h-[60dvh] min-h-48 font-mono text-[0.8125rem] leading-relaxed"
            value={args.text}
            onChange={(event) => args.write(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}

function sentence(fault: Arguments["textFault"]): string | undefined {
  if (!fault) return undefined;
  const { line, column } = fault.at;
  if (fault.fault === "not_an_object") return json.notAnObject;
  return fault.fault === "number"
    ? json.number(line, column, fault.what ?? "")
    : json.syntax(line, column);
}
