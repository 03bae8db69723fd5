import type { LimitSetting, SetLimit } from "../../../shared/contracts/limits";
import { limits as say } from "../words/limits";

const { form: text } = say;
export const fields = ["perMinute", "perDay", "budgetPerDay"] as const;
type Field = (typeof fields)[number];

/** What is typed, field by field: empty where the plan holds. */
export type Draft = Record<Field, string>;

export const draftOf = (setting?: Pick<LimitSetting, Field>): Draft => ({
  perMinute: setting?.perMinute?.toString() ?? "",
  perDay: setting?.perDay?.toString() ?? "",
  budgetPerDay: setting?.budgetPerDay?.toString() ?? "",
});

const most = 1_000_000_000;

export function faultOf(typed: string): string | undefined {
  const number = typed.trim();
  if (number === "") return undefined;
  if (!/^\d+$/.test(number)) return text.notANumber;
  return Number(number) > most ? text.tooLarge : undefined;
}

/** What to set; undefined where something typed is no number, or nothing is. */
export function toSet(draft: Draft): Required<SetLimit> | undefined {
  if (fields.some((field) => faultOf(draft[field]) !== undefined)) return undefined;
  const valueOf = (field: Field) => (draft[field].trim() === "" ? null : Number(draft[field]));
  const set = {
    perMinute: valueOf("perMinute"),
    perDay: valueOf("perDay"),
    budgetPerDay: valueOf("budgetPerDay"),
  };
  return fields.every((field) => set[field] === null) ? undefined : set;
}
