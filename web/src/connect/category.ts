import type { ConnectorSummary } from "../../../shared/contracts/connectors";
import { connect as connectWords } from "../words/connect";

export type Category = ConnectorSummary["category"];

export const isCategory = (value: string | undefined): value is Category =>
  value !== undefined && Object.hasOwn(connectWords.choose.categories, value);

export const categories = Object.keys(connectWords.choose.categories).filter(isCategory);

/** Which connectors are looked for. */
export type Narrowed = { q?: string; category?: Category };
