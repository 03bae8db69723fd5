/**
 * How many steps a regular expression can take at most on a text of a given length. Patterns come from servers nobody
 * vouches for, and JavaScript's engine backtracks: `(a+)+$` takes for ever. The bound is the number of ways in which
 * the parts that can match more or less can share the text, so it is never too low and often too high.
 */
export type PatternCost = (length: number) => number;

/** The number of ways to match from one place: `factor * length ** degree`. */
type Ways = { factor: number; degree: number };
type Part = Ways & {
  /** How a part of exactly one character is written; undefined for groups. */
  char: string | undefined;
  fixed: boolean;
};
type Sequence = { parts: Part[]; ways: Ways; fixed: boolean };
type Repeat = { min: number; max: number };

const endless: PatternCost = () => Infinity;
const longestPattern = 2000;
const mostCopies = 20;

class Unbounded extends Error {}

export function patternCost(pattern: string): PatternCost {
  if (pattern.length > longestPattern) return endless;
  try {
    // Syntax that this mode does not know is an error here, so the reader below meets nothing it does not expect.
    void new RegExp(pattern, "u");
    const reader = new Reader(pattern);
    const { ways, anchored } = reader.whole();
    return (length) =>
      (anchored ? 1 : length + 1) * Math.max(length + 1, ways.factor * (length + 1) ** ways.degree);
  } catch {
    return endless;
  }
}

class Reader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  whole(): { ways: Ways; anchored: boolean } {
    const branches = this.#branches();
    const [only] = branches;
    const anchored = branches.length === 1 && only?.parts[0]?.char === "^";
    return { ways: sum(branches.map(({ ways }) => ways)), anchored };
  }

  #branches(): Sequence[] {
    const branches = [this.#sequence()];
    while (this.#take("|")) branches.push(this.#sequence());
    return branches;
  }

  #sequence(): Sequence {
    const parts: Part[] = [];
    while (this.#at < this.#pattern.length && !"|)".includes(this.#next()))
      parts.push(this.#part());
    return { parts, ways: product(parts), fixed: parts.every((part) => part.fixed) };
  }

  #part(): Part {
    if (this.#take("(")) return this.#group();
    const char = this.#char();
    const repeat = this.#repeat();
    return { char, fixed: repeat.min === repeat.max, ...choices(repeat) };
  }

  #group(): Part {
    this.#match(/\?(?:[:=!]|<[=!]|<[^>]*>)/y);
    const branches = this.#branches();
    if (!this.#take(")")) throw new Unbounded();
    const repeat = this.#repeat();
    const inner = sum(branches.map(({ ways }) => ways));
    const fixed = branches.length === 1 && branches.every((branch) => branch.fixed);
    return {
      char: undefined,
      fixed: fixed && repeat.min === repeat.max,
      ...repeated({ branches, inner, fixed }, repeat),
    };
  }

  /** One character, class, escape or assertion, as it is written. */
  #char(): string {
    const backReference = /\\(?:[1-9]|k)/y;
    if (this.#match(backReference) !== undefined) throw new Unbounded();
    const char =
      this.#match(
        /\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\c[A-Za-z]|\\./suy,
      ) ??
      this.#match(/\[(?:\\.|[^\]\\])*\]/suy) ??
      this.#match(/./suy);
    if (char === undefined) throw new Unbounded();
    return char;
  }

  #repeat(): Repeat {
    const sign = this.#match(/(?:[*+?]|\{\d+(?:,\d*)?\})/y);
    if (sign === undefined) return { min: 1, max: 1 };
    this.#take("?");
    if (sign === "*") return { min: 0, max: Infinity };
    if (sign === "+") return { min: 1, max: Infinity };
    if (sign === "?") return { min: 0, max: 1 };
    const [min = "", max] = sign.slice(1, -1).split(",");
    return {
      min: Number(min),
      max: max === undefined ? Number(min) : max === "" ? Infinity : Number(max),
    };
  }

  #next(): string {
    return this.#pattern.charAt(this.#at);
  }

  #take(char: string): boolean {
    if (this.#next() !== char) return false;
    this.#at += 1;
    return true;
  }

  #match(sticky: RegExp): string | undefined {
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#pattern)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** How often something of one length can be repeated. */
function choices({ min, max }: Repeat): Ways {
  return max === Infinity ? { factor: 1, degree: 1 } : { factor: max - min + 1, degree: 0 };
}

type Group = { branches: Sequence[]; inner: Ways; fixed: boolean };

function repeated({ branches, inner, fixed }: Group, repeat: Repeat): Ways {
  const { min, max } = repeat;
  if (fixed) {
    const { factor, degree } = choices(repeat);
    // Rounds that match nothing cost time all the same, and no text bounds them.
    return { factor: factor * inner.factor * Math.max(1, max === Infinity ? min : max), degree };
  }
  if (max <= 1) return { factor: inner.factor + 1, degree: inner.degree };
  // The separators say where each round ends; what is open is how many rounds there are, and the last one's length.
  if (branches.length === 1 && branches[0] && isSeparated(branches[0]))
    return { factor: Math.max(1, min), degree: 2 };
  if (max > mostCopies) throw new Unbounded();
  return { factor: (max - min + 1) * inner.factor ** max, degree: inner.degree * max };
}

/** `-[a-z]+` or `[a-z]+\.`: one character that nothing else in the sequence matches, and one part of open length. */
function isSeparated({ parts }: Sequence): boolean {
  if (parts.some(({ char }) => char === undefined)) return false;
  if (parts.filter((part) => !part.fixed).length !== 1) return false;
  return [parts.at(0), parts.at(-1)].some((separator) => {
    const char = separator?.fixed && separator.degree === 0 ? literal(separator.char) : undefined;
    if (char === undefined) return false;
    return parts.every(
      (part) => part === separator || !new RegExp(`^(?:${part.char ?? ""})$`, "u").test(char),
    );
  });
}

/** The character that is meant where only one can be. */
function literal(char: string | undefined): string | undefined {
  if (char === undefined || char === "^" || char === "$" || char === ".") return undefined;
  if (!char.startsWith("\\") && !char.startsWith("[")) return char;
  return /^\\[^\w\s]$/.test(char) ? char.slice(1) : undefined;
}

function product(parts: readonly Ways[]): Ways {
  return parts.reduce(
    (whole, part) => ({ factor: whole.factor * part.factor, degree: whole.degree + part.degree }),
    { factor: 1, degree: 0 },
  );
}

function sum(branches: readonly Ways[]): Ways {
  return branches.reduce((whole, branch) => ({
    factor: whole.factor + branch.factor,
    degree: Math.max(whole.degree, branch.degree),
  }));
}
