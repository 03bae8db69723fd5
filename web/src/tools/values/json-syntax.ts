// JSON takes no character below U+0020 as it stands.
// oxlint-disable-next-line no-control-regex
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const space = /[ \t\n\r]*/y;

type Wanted = "value" | "value or ]" | "name" | "name or }" | ":" | ", or end" | "nothing";

/** Where a text stops being JSON. Browsers word it differently or not at all, so it is found here. */
export function syntaxErrorAt(text: string): number {
  const open: ("[" | "{")[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found !== undefined && found !== "";
  };
  const ended = (): Wanted => (open.length === 0 ? "nothing" : ", or end");
  for (;;) {
    take(space);
    const char = text.charAt(at);
    if (char === "") return at;
    if (wanted === "nothing") return at;
    if (wanted === ":" || wanted === ", or end") {
      const inner = open.at(-1);
      if (wanted === ":" && char === ":") wanted = "value";
      else if (wanted === ", or end" && char === ",") wanted = inner === "{" ? "name" : "value";
      else if (wanted === ", or end" && char === (inner === "{" ? "}" : "]")) {
        open.pop();
        wanted = ended();
      } else return at;
      at += 1;
    } else if (wanted === "name" || wanted === "name or }") {
      if (char === "}" && wanted === "name or }") {
        at += 1;
        open.pop();
        wanted = ended();
      } else if (take(string)) wanted = ":";
      else return at;
    } else if (char === "[" || char === "{") {
      open.push(char);
      at += 1;
      wanted = char === "[" ? "value or ]" : "name or }";
    } else if (char === "]" && wanted === "value or ]") {
      at += 1;
      open.pop();
      wanted = ended();
    } else if (take(string) || take(scalar)) wanted = ended();
    else return at;
  }
}
