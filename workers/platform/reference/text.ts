/** Pieces of text as HTML. `html` escapes whatever is put into it. */
import { html } from "hono/html";

export type Html = ReturnType<typeof html>;

export function code(text: Html | string, label: string, title?: string): Html {
  return html`<figure>
    ${title === undefined ? "" : html`<figcaption>${title}</figcaption>`}
    <pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>
  </figure>`;
}

const jsonToken =
  /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function jsonCode(value: unknown): Html {
  const text = JSON.stringify(value, null, 2);
  const parts: (Html | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(jsonToken)) {
    const [whole, string, colon] = match;
    parts.push(text.slice(at, match.index));
    if (string === undefined) parts.push(html`<span class="n">${whole}</span>`);
    else if (colon === undefined) parts.push(html`<span class="s">${string}</span>`);
    else parts.push(html`<span class="k">${string}</span>${colon}`);
    at = match.index + whole.length;
  }
  return html`${[...parts, text.slice(at)]}`;
}

/** Text with `code` in it. */
export function rich(text: string): Html {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** A long path or name may break after a dot or a slash. */
export function breakable(text: string): Html {
  return html`${text.split(/(?<=[./])/).map((part) => html`${part}<wbr />`)}`;
}
