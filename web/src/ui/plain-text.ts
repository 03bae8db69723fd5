import { unseen } from "./foreign";

/** Text of somebody outside over several lines: no control characters, nothing that turns the reading direction. */
export function plainText(text: string, longest = 20_000): string {
  const cut = text.length > longest;
  const beginning = cut ? text.slice(0, longest) : text;
  const plain = beginning.replace(/\r\n?/g, "\n").replace(unseen, "\ufffd").trim();
  return cut ? `${plain}…` : plain;
}
