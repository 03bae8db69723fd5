import { parseArgs } from "node:util";

const short = ["calls", "lists", "large", "starts", "size", "vault"] as const;
/** Left out of a quick run. */
const long = [
  "growth",
  "profile",
  "dashboard",
  "load",
  "limits",
  "live",
  "ledger",
  "breaker",
  "crash",
] as const;
const sections = [...short, ...long, "soak"] as const;
export type Section = (typeof sections)[number];

export type Options = {
  rounds: number;
  seconds: number;
  growthSeconds: number;
  quick: boolean;
  json: boolean;
  /** Whether docs/performance.md gets the rows of what was measured. */
  write: boolean;
  only: readonly Section[];
  /** The folder of another tree whose calls this one's are paired with. */
  against: string | undefined;
};

export const usage = `npm run bench -- [--quick] [--rounds N] [--seconds S] [--growth S] [--only a,b] [--json] [--write]
npm run bench -- --against FOLDER [--rounds N] [--seconds S]
Sections: ${sections.join(", ")}. The soak takes an hour and runs only where it is named. A slice lasts S seconds (1.5), and there are N rounds (3) of them. Against another tree of the project, whose packages are installed, calls of both take turns.`;

/** Throws a sentence for a person on anything it does not know. */
export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      rounds: { type: "string" },
      seconds: { type: "string" },
      growth: { type: "string" },
      only: { type: "string" },
      against: { type: "string" },
    },
  });
  const { quick, json, write, against } = values;
  const number = (name: string, text: string | undefined, fallback: number) => {
    const value = text === undefined ? fallback : Number(text);
    if (!(value > 0 && value <= 600)) throw new Error(`--${name} must be a number from 1 to 600.`);
    return value;
  };
  const wanted =
    values.only?.split(",") ?? (against === undefined ? (quick ? short : [...short, ...long]) : []);
  const unknown = wanted.find((name) => !sections.some((known) => known === name));
  if (unknown !== undefined) throw new Error(`There is no section ${unknown}.\n${usage}`);
  return {
    quick,
    json,
    write,
    rounds: Math.ceil(number("rounds", values.rounds, quick ? 1 : 3)),
    seconds: number("seconds", values.seconds, quick ? 1 : 1.5),
    growthSeconds: number("growth", values.growth, 30),
    only: wanted as Section[],
    against,
  };
}
