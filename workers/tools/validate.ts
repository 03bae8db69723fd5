import { Validator, type OutputUnit, type Schema, type SchemaDraft } from "@cfworker/json-schema";
import { HubError } from "../platform/errors";

export type ArgumentCheck = (args: Record<string, unknown>) => ArgumentFault[];
export type ArgumentFault = { path: string; message: string };

const maxFaults = 10;

/**
 * The check of a tool's arguments against its input schema (JSON Schema 2020-12 unless `$schema` says otherwise). What
 * cannot be checked here, such as a reference to another document, is left to the server: nothing is ever fetched.
 */
export function argumentCheck(inputSchema: Record<string, unknown>): ArgumentCheck {
  let validator: Validator | undefined;
  return (args) => {
    try {
      validator ??= new Validator(inputSchema as Schema, draftOf(inputSchema), false);
      const { valid, errors } = validator.validate(args);
      return valid ? [] : leaves(errors);
    } catch {
      // A schema that is broken, or a reference that goes round for ever: the server knows what it takes.
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

/** The validator reports each fault once for every schema around it; the innermost says what is wrong. */
function leaves(errors: readonly OutputUnit[]): ArgumentFault[] {
  const innermost = errors.filter(
    (unit) =>
      !errors.some(
        (other) =>
          other !== unit &&
          other.keywordLocation.startsWith(`${unit.keywordLocation}/`),
      ),
  );
  return (innermost.length > 0 ? innermost : errors).slice(0, maxFaults).map((unit) => ({
    path: unit.instanceLocation.replace(/^#/, "") || "/",
    message: unit.error.slice(0, 300),
  }));
}

export function requireValid(check: ArgumentCheck, toolName: string, args: Record<string, unknown>): void {
  const faults = check(args);
  if (faults.length === 0) return;
  const told = faults.map(({ path, message }) => `arguments${path === "/" ? "" : path}: ${message}`);
  throw new HubError("invalid_arguments", `The arguments do not fit the tool ${toolName}. ${told.join(" ")}`, {
    details: { faults },
  });
}
