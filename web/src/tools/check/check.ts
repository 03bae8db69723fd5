import { Validator, type OutputUnit, type SchemaDraft } from "@cfworker/json-schema";
import type { JsonObject } from "../../../../shared/json";
import { ownText } from "../schema/json";

export type Unit = { path: string; keyword: string; message: string };

const mostUnits = 50;

/** What of the arguments does not fit a schema. A schema that cannot be used here finds no fault: the hub looks again. */
export function check(schema: JsonObject, args: unknown): Unit[] {
  try {
    const { errors } = new Validator(schema, draftOf(schema), false).validate(args);
    return likely(innermost(errors.slice(0, 1000)))
      .slice(0, mostUnits)
      .map(({ instanceLocation, keyword, error }) => ({
        path: decodeURI(instanceLocation.replace(/^#/, "")),
        keyword,
        message: error.slice(0, 300),
      }));
  } catch {
    return [];
  }
}

function draftOf(schema: JsonObject): SchemaDraft {
  const dialect = ownText(schema, "$schema") ?? "";
  if (dialect.includes("draft-04")) return "4";
  if (dialect.includes("draft-07") || dialect.includes("draft-06")) return "7";
  return dialect.includes("2019-09") ? "2019-09" : "2020-12";
}

/** The validator reports each fault once for every schema around it; the innermost says what is wrong. */
function innermost(errors: readonly OutputUnit[]): OutputUnit[] {
  const around = new Set<string>();
  for (const { keywordLocation, keyword } of errors) {
    const steps = keywordLocation.split("/");
    if (keyword !== "false")
      for (let length = 1; length < steps.length; length += 1)
        around.add(steps.slice(0, length).join("/"));
  }
  // Where the schema is `false`, the validator says so below the keyword that led there.
  const leaves = errors.filter(
    ({ keywordLocation }, at) =>
      !around.has(keywordLocation) && errors[at + 1]?.keyword !== "false",
  );
  return leaves.length > 0 ? leaves : [...errors];
}

/** A value that fits no variant breaks the rules of each: only those of the variant it comes closest to help. */
function likely(units: readonly OutputUnit[]): OutputUnit[] {
  const choice = /^(.*?\/(?:oneOf|anyOf))\/(\d+)\//;
  const choices = new Map<string, Map<string, OutputUnit[]>>();
  const rest: OutputUnit[] = [];
  for (const unit of units) {
    const [, at, branch] = choice.exec(`${unit.keywordLocation}/`) ?? [];
    if (at === undefined || branch === undefined) {
      rest.push(unit);
      continue;
    }
    const branches = choices.get(at) ?? new Map<string, OutputUnit[]>();
    branches.set(branch, [...(branches.get(branch) ?? []), unit]);
    choices.set(at, branches);
  }
  for (const branches of choices.values()) {
    const closest = [...branches.values()].toSorted((a, b) => distance(a) - distance(b))[0] ?? [];
    rest.push(...closest);
  }
  return rest;
}

/** What is missing can be filled in; what is of another kind belongs to another variant. */
const distance = (units: readonly OutputUnit[]): number =>
  units.reduce(
    (sum, { keyword }) => sum + (["const", "enum", "type", "false"].includes(keyword) ? 10 : 1),
    0,
  );
