// What to say where nobody sits: values that fit a JSON Schema. Pure.

export type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  oneOf?: Schema[];
  anyOf?: Schema[];
  "x-mcp-header"?: string;
};
export type Tool = { name: string; inputSchema: Schema };

/** What has to be there, and nothing besides. Where a schema is asked for, `example` is one. */
export const argumentsFor = ({ properties = {}, required = [] }: Schema, example?: Schema) =>
  Object.fromEntries(
    required.map((name) => [
      name,
      name === "schema" && example ? example : valueFor(properties[name] ?? {}),
    ]),
  );

const formats: Record<string, string> = {
  uri: "https://example.com",
  email: "ada@example.com",
  date: "2026-01-01",
  "date-time": "2026-01-01T00:00:00Z",
};

function valueFor(schema: Schema): unknown {
  const { default: usual, const: only, enum: choices, format = "", minimum = 1 } = schema;
  if (usual !== undefined) return usual;
  if (only !== undefined) return only;
  if (choices !== undefined) return choices[0];
  const [first] = schema.oneOf ?? schema.anyOf ?? [];
  if (first && schema.type === undefined) return valueFor(first);
  const [type] = [schema.type].flat();
  if (type === "number" || type === "integer") return minimum;
  if (type === "boolean") return true;
  if (type === "null") return null;
  if (type === "object") return argumentsFor(schema);
  if (type === "array")
    return Array.from({ length: schema.minItems ?? 0 }, () => valueFor(schema.items ?? {}));
  return formats[format] ?? "text".padEnd(schema.minLength ?? 0, "t");
}

/** The answer to one question of a server: a form is accepted, each field at its default. */
export function inputFor({ method, params }: { method: string; params: any }): object {
  switch (method) {
    case "elicitation/create": {
      const properties: Record<string, Schema> = params?.requestedSchema?.properties ?? {};
      const content = Object.entries(properties).map(([name, schema]) => [name, valueFor(schema)]);
      return { action: "accept", content: Object.fromEntries(content) };
    }
    case "sampling/createMessage":
      return {
        role: "assistant",
        content: { type: "text", text: "text" },
        model: "none",
        stopReason: "endTurn",
      };
    default:
      return { roots: [] };
  }
}

/** Arguments that 2026-07-28 repeats in headers (`x-mcp-header`). */
export function mirrored({ properties = {} }: Schema, args: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, { "x-mcp-header": header }]) => {
      const value = args[name];
      if (header === undefined || value === undefined || value === null) return [];
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [[`mcp-param-${header.toLowerCase()}`, headerValue(text)]];
    }),
  );
}

function headerValue(text: string): string {
  const plain = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
  return plain ? text : `=?base64?${Buffer.from(text).toString("base64")}?=`;
}
