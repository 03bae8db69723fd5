import { examples } from "./protection";
import type { Route } from "./sweep";
import { askHub } from "./team";

export type Schema = {
  type?: string;
  minLength?: number;
  properties?: Record<string, Schema>;
  $ref?: string;
  enum?: string[];
};
export type Operation = {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
export type OpenApi = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

export async function openApi(): Promise<OpenApi> {
  return (await askHub("/api/openapi.json")).body;
}

/** Every route of the document, with its row; one that has none is taken for one that every member may use. */
export function routesOf({ paths }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((name) => {
      const method = name.toUpperCase();
      const route = `${method} ${path}`;
      return { method, path, route, example: examples[route] ?? { permission: "any" } };
    }),
  );
}
