import type { Fault } from "../connections/checks";
import { connect as connectWords } from "../words/connect";

const say = connectWords.faults;

type Asked = {
  label: string;
  required: boolean;
  pattern?: string | undefined;
  example?: string | undefined;
};

/** One of the team's secrets in place of a value: what it is, only the hub can tell. */
const namesSecret = (value: string): boolean => value.includes("{{secrets.");

/** The first thing wrong with what was typed, or nothing. */
export function valueFault(
  { label, required, pattern, example }: Asked,
  value: string,
  longest: number,
): Fault {
  const text = value.trim();
  if (text === "") return required ? say.missing(label) : undefined;
  if (value.length > longest) return say.long(longest);
  if (pattern === undefined || namesSecret(text) || matches(pattern, text)) return undefined;
  return say.pattern(label, example);
}

export const choiceFault = (
  { label, required, choices }: Asked & { choices?: readonly { value: string }[] | undefined },
  value: string,
): Fault => {
  if (value === "") return required ? say.missing(label) : undefined;
  return choices?.some((choice) => choice.value === value) ? undefined : say.choice;
};

/** A pattern that this browser cannot read is left to the hub. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    return true;
  }
}
