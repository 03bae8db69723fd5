/** What the reference page shows of an OpenAPI 3.1 document, and its operations in the order of its tags. */

export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  example?: unknown;
  examples?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

type Content = Record<string, { schema?: Schema; example?: unknown }>;

export type Parameter = {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required?: boolean;
  description?: string;
  schema?: Schema;
};

export type Answer = {
  description: string;
  headers?: Record<string, { description?: string; schema?: Schema }>;
  content?: Content;
};

export type Operation = {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; description?: string; content?: Content };
  responses?: Record<string, Answer>;
};

const methods = ["get", "post", "put", "patch", "delete"] as const;
export type Method = (typeof methods)[number];

export type ApiDocument = {
  info: { title: string; version: string; description?: string };
  tags?: { name: string; description?: string }[];
  security?: Record<string, string[]>[];
  components?: {
    schemas?: Record<string, Schema>;
    securitySchemes?: Record<string, { description?: string }>;
  };
  paths?: Record<string, Partial<Record<Method, Operation>>>;
};

/** `id` is the operation's anchor on the page. */
export type Endpoint = { id: string; method: Method; path: string; operation: Operation };
export type Group = { name: string; description: string | undefined; endpoints: Endpoint[] };

export function groupsOf(document: ApiDocument): Group[] {
  const groups = new Map<string, Group>();
  const groupOf = (name: string, description?: string): Group => {
    const known = groups.get(name) ?? { name, description, endpoints: [] };
    groups.set(name, known);
    return known;
  };
  for (const { name, description } of document.tags ?? []) groupOf(name, description);
  for (const [path, operations] of Object.entries(document.paths ?? {}))
    for (const method of methods) {
      const operation = operations[method];
      if (!operation) continue;
      const id = operation.operationId ?? anchorOf(`${method} ${path}`);
      groupOf(operation.tags?.[0] ?? "Other").endpoints.push({ id, method, path, operation });
    }
  return [...groups.values()].filter(({ endpoints }) => endpoints.length > 0);
}

export function anchorOf(text: string): string {
  return text
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}

export function jsonSchemaOf(content: Content | undefined): Schema | undefined {
  return content?.["application/json"]?.schema;
}
