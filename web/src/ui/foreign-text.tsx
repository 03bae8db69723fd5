import { useState } from "react";
import { words } from "../words";
import { plainText } from "./plain-text";

/** Text of somebody outside, over several lines, cut where it is long. It may stand within a paragraph. */
export function ForeignText({ children, longest = 400 }: { children: string; longest?: number }) {
  const [whole, setWhole] = useState(false);
  const text = plainText(children);
  const cut = text.length > longest && !whole;
  return (
    <span className="wrap-anywhere whitespace-pre-line">
      <bdi>{cut ? `${text.slice(0, longest).trimEnd()}… ` : text}</bdi>
      {text.length > longest ? (
        <button
          type="button"
          aria-expanded={whole}
          className="ml-1 inline-block min-h-7 font-medium text-accent underline"
          onClick={() => setWhole(!whole)}
        >
          {whole ? words.common.less : words.common.more}
        </button>
      ) : null}
    </span>
  );
}
