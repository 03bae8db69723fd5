import { expect, it } from "vitest";
import { check } from "./check";

const paths = (schema: object, args: unknown) =>
  check(schema as Record<string, unknown>, args).map(({ path, keyword }) => `${path} ${keyword}`);

it.each<[string, object, unknown, string[]]>([
  ["nothing, where all fits", { properties: { a: { type: "string" } } }, { a: "x" }, []],
  [
    "the innermost fault only",
    { properties: { a: { properties: { b: { type: "string" } } } } },
    { a: { b: 1 } },
    ["/a/b type"],
  ],
  ["what is missing", { required: ["a"] }, {}, [" required"]],
  ["what is not allowed", { properties: {}, additionalProperties: false }, { a: 1 }, ["/a false"]],
  [
    "what is missing in the variant that is meant, and nothing of the others",
    {
      properties: {
        kind: {
          oneOf: [
            { properties: { type: { const: "id" } }, required: ["type", "id"] },
            { properties: { type: { const: "name" } }, required: ["type", "first"] },
          ],
        },
      },
    },
    { kind: { type: "name" } },
    ["/kind required"],
  ],
  [
    "draft-07 by its rules",
    {
      $schema: "http://json-schema.org/draft-07/schema#",
      properties: { a: { items: [{ type: "string" }] } },
    },
    { a: [1] },
    ["/a/0 type"],
  ],
  [
    "names of any kind",
    { required: ["constructor", "__proto__"] },
    JSON.parse('{"__proto__":1}'),
    [" required"],
  ],
  [
    "nothing, where the schema leads elsewhere",
    { $ref: "https://example.com/x.json" },
    { a: 1 },
    [],
  ],
  ["nothing, where the schema is broken", { required: 5 }, { a: 1 }, []],
])("finds %s", (_, schema, args, wanted) => expect(paths(schema, args)).toEqual(wanted));
