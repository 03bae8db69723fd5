import { toolPolicy as say } from "../words/tool-policy";

export type Typed = { value: number | null } | { fault: string };

const mostSeconds = 604_800;
const mostCost = 1_000_000;

/** Seconds as somebody types them; null for none. 0 is none, too. */
export function secondsOf(typed: string): Typed {
  const text = typed.trim();
  if (text === "") return { value: null };
  if (!/^\d+$/.test(text)) return { fault: say.notANumber };
  const value = Number(text);
  if (value > mostSeconds) return { fault: say.tooMuch };
  return { value: value === 0 ? null : value };
}

/** Units of cost as somebody types them. */
export function costOf(typed: string): Typed {
  const text = typed.trim();
  if (!/^\d+$/.test(text) || Number(text) > mostCost) return { fault: say.costWrong };
  return { value: Number(text) };
}
