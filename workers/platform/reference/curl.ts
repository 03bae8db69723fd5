import { jsonSchemaOf, type Endpoint } from "./document";
import { exampleOf, type Schemas } from "./schema";

type Asked = {
  origin: string;
  schemas: Schemas;
  /** The name of the operation's security scheme. */
  security: string | undefined;
};

/** The operation as a command for a shell. What only the reader knows stands in variables: `$TOOL_ID`. */
export function curlOf(
  { method, path, operation }: Endpoint,
  { origin, schemas, security }: Asked,
): string {
  const filled = path.replace(
    /(?:([a-z]+)\/)?\{(\w+)\}/g,
    (_whole, before: string | undefined, name: string) =>
      before === undefined ? `$${name.toUpperCase()}` : `${before}/$${variableFor(before, name)}`,
  );
  const live = operation.responses?.["101"] !== undefined;
  const lines = [`"${live ? origin.replace(/^http/, "ws") : origin}${filled}"`];
  if (security !== undefined)
    lines.push(
      `-H "Authorization: Bearer $${security === "setupToken" ? "PLUGBOARD_SETUP_TOKEN" : "PLUGBOARD_API_KEY"}"`,
    );
  if (live) return ["websocat", ...lines].join(" \\\n  ").replace("websocat \\\n  ", "websocat ");
  const schema = jsonSchemaOf(operation.requestBody?.content);
  if (schema) {
    lines.push('-H "Content-Type: application/json"');
    lines.push(
      `-d ${singleQuoted(JSON.stringify(exampleOf(schema, { schemas, sparse: true }), null, 2))}`,
    );
  }
  const verb =
    method === "get" || (method === "post" && schema) ? "" : `-X ${method.toUpperCase()} `;
  return `curl ${verb}${lines.join(" \\\n  ")}`;
}

/** `tools/{id}` is `TOOL_ID`. */
function variableFor(collection: string, name: string): string {
  return `${collection.replace(/s$/, "")}_${name}`.toUpperCase();
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
