import { Validator, type OutputUnit, type SchemaDraft } from "@cfworker/json-schema";
import { HubError } from "../platform/errors";
import { boundedSchema, sizeOf } from "./bounded-schema";

export type ArgumentCheck = (args: Record<string, unknown>) => ArgumentFault[];
export type ArgumentFault = { path: string; message: string };

const maxFaults = 10;
const maxUnits = 500;
const maxDepth = 200;

/**
 * The check of a tool's arguments against its input schema (JSON Schema 2020-12 unless `$schema` says otherwise). What
 * cannot be checked here, such as a reference to another document, or not in reasonable time, is left to the server:
 * nothing is ever fetched.
 */
export function argumentCheck(inputSchema: Record<string, unknown>): ArgumentCheck {
  let bounded: ReturnType<typeof boundedSchema> | undefined;
  let validator: Validator | "unusable" | undefined;
  return (args) => {
    const size = sizeOf(args);
    // Writing them down would run out of stack.
    if (size.depth > maxDepth)
      return [{ path: "/", message: `They nest deeper than ${maxDepth} levels.` }];
    if (validator === "unusable") return [];
    try {
      if (!bounded || !validator) {
        validator = "unusable";
        bounded = boundedSchema(inputSchema);
        validator = new Validator(bounded.schema, draftOf(inputSchema), false);
      }
      bounded.begin(size);
      const { valid, errors } = validator.validate(args);
      return valid ? [] : faultsOf(errors);
    } catch {
      // A schema that is broken, too costly, or a reference that goes round for ever: the server knows what it takes.
      return [];
    }
  };
}

function draftOf(schema: Record<string, unknown>): SchemaDraft {
  const dialect = typeof schema["$schema"] === "string" ? schema["$schema"] : "";
  if (dialect.includes("draft-04")) return "4";
  if (dialect.includes("draft-07") || dialect.includes("draft-06")) return "7";
  return dialect.includes("2019-09") ? "2019-09" : "2020-12";
}

function faultsOf(errors: readonly OutputUnit[]): ArgumentFault[] {
  const units = forbidden(errors.slice(0, maxUnits));
  const innermost = leaves(units);
  return (innermost.length > 0 ? innermost : units).slice(0, maxFaults).map((unit) => ({
    path: unit.instanceLocation.replace(/^#/, "") || "/",
    message: unit.error.slice(0, 300),
  }));
}

/** Where the schema is `false`, the validator says so below the keyword that led there; one of the two is enough. */
function forbidden(errors: readonly OutputUnit[]): OutputUnit[] {
  return errors.flatMap((unit, at) => {
    if (errors[at + 1]?.keyword === "false") return [];
    return unit.keyword === "false" ? { ...unit, error: "This is not allowed here." } : unit;
  });
}

/** The validator reports each fault once for every schema around it; the innermost says what is wrong. */
function leaves(errors: readonly OutputUnit[]): OutputUnit[] {
  return errors.filter(
    (unit) =>
      unit.keyword === "false" ||
      !errors.some(
        (other) => other !== unit && other.keywordLocation.startsWith(`${unit.keywordLocation}/`),
      ),
  );
}

export function requireValid(
  check: ArgumentCheck,
  toolName: string,
  args: Record<string, unknown>,
): void {
  const faults = check(args);
  if (faults.length === 0) return;
  const told = faults.map(
    ({ path, message }) => `arguments${path === "/" ? "" : path}: ${message}`,
  );
  throw new HubError(
    "invalid_arguments",
    `The arguments do not fit the tool ${toolName}. ${told.join(" ")}`,
    {
      details: { faults },
    },
  );
}
