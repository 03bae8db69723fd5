import type { Tool } from "../../../shared/contracts/tools";
import type { SampleCall } from "./rest-commands";

type Schema = Record<string, unknown>;
type Described = Pick<Tool, "id" | "exposedName" | "inputSchema" | "annotations">;

const asObject = (value: unknown): Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};

const requiredOf = ({ inputSchema }: Described): string[] => {
  const required = inputSchema["required"];
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
};

/** A value to start from: what the schema itself offers, or the plainest of its type. */
function sampleValue(schema: Schema): unknown {
  const offered = [schema["examples"], schema["enum"]].find(Array.isArray) as unknown[] | undefined;
  if (schema["const"] !== undefined) return schema["const"];
  if (schema["default"] !== undefined) return schema["default"];
  if (offered?.[0] !== undefined) return offered[0];
  switch (schema["type"]) {
    case "number":
    case "integer":
      return typeof schema["minimum"] === "number" ? schema["minimum"] : 1;
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
      return {};
    default:
      return "hello";
  }
}

/** A tool to show a call with: one that says it changes nothing where there is one, with few arguments to fill in. */
export function sampleCall<Offered extends Described>(
  tools: readonly Offered[],
): (SampleCall & { tool: Offered }) | undefined {
  const cost = (tool: Offered): number =>
    (tool.annotations["readOnlyHint"] === true ? 0 : 100) + Math.abs(requiredOf(tool).length - 1);
  const [tool] = tools.toSorted((one, other) => cost(one) - cost(other));
  if (tool === undefined) return undefined;
  const properties = asObject(tool.inputSchema["properties"]);
  const entries = requiredOf(tool).map((name): [string, unknown] => [
    name,
    sampleValue(asObject(properties[name])),
  ]);
  return { tool, args: Object.fromEntries(entries) };
}
