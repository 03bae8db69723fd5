import type { JsonObject } from "../../../../shared/json";

// For tests: as large and as deep as the largest schemas of published servers, and of the same make.

const described = (name: string) => ({
  description: `What ${name} means here, at some length, since schemas that are made from an API description carry it all.`,
});

const keyValues = (): JsonObject => ({
  type: "array",
  items: {
    type: "object",
    required: ["key"],
    properties: {
      key: { type: "string", ...described("the key") },
      value: {
        anyOf: [{ type: "string" }, { type: "array", items: { type: "object" } }],
        ...described("the value"),
      },
      type: { type: "string", enum: ["any", "boolean", "number"] },
    },
  },
});

const request = (): JsonObject => ({
  type: "object",
  properties: {
    url: {
      anyOf: [
        { type: ["string", "null"] },
        { type: "object", properties: { raw: { type: "string" }, query: keyValues() } },
      ],
    },
    auth: {
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: 12 }, (_, at) => [`scheme${at}`, keyValues()]),
      ),
    },
    method: { type: "string", enum: ["GET", "PUT", "POST", "PATCH", "DELETE"] },
    header: keyValues(),
  },
});

/** About 40 KB, 300 fields, more than 12 levels deep. */
export function largeSchema(levels = 10): JsonObject {
  const group = (level: number): JsonObject => ({
    type: "object",
    ...described(`level ${level}`),
    properties: {
      id: { type: "string", format: "uuid" },
      name: { type: "string", minLength: 1, ...described("the name") },
      ...(level % 2 === 0 ? { request: request() } : {}),
      ...(level > 0 ? { item: { type: "array", items: group(level - 1) } } : {}),
    },
  });
  return {
    type: "object",
    required: ["collection"],
    properties: { collection: group(levels), note: { type: "string" } },
  };
}
