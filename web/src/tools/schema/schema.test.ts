import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/json";
import { countReads } from "./count-reads";
import { fieldOf, type Field } from "./field";

const field = (schema: unknown): Field =>
  fieldOf(typeof schema === "object" ? (schema as JsonObject) : {}, schema);
const property = (root: JsonObject, ...names: string[]): Field => {
  let at: unknown = root;
  for (const name of names) {
    const found = fieldOf(root, at);
    at =
      found.kind === "object" ? found.properties.find((one) => one.name === name)?.schema : false;
  }
  return fieldOf(root, at);
};
const labels = (schema: unknown) => {
  const found = field(schema);
  if (found.kind === "choice") return found.options.map(({ label }) => label);
  return found.kind === "variants" ? found.variants.map(({ name, type }) => name ?? type) : [];
};

describe("what a schema becomes", () => {
  it.each<[string, unknown, object]>([
    ["a text", { type: "string" }, { kind: "text", multiline: false, format: undefined }],
    ["a date", { type: "string", format: "date" }, { kind: "text", format: "date" }],
    ["an address", { type: "string", format: "url" }, { kind: "text", format: "uri" }],
    ["a password", { type: "string", format: "password" }, { kind: "text", format: "password" }],
    [
      "what is written only, a password",
      { type: "string", writeOnly: true },
      { format: "password" },
    ],
    [
      "a format nobody knows, plain text",
      { type: "string", format: "isbn" },
      { format: undefined },
    ],
    [
      "a format named like a prototype's key, plain text",
      { type: "string", format: "constructor" },
      { format: undefined },
    ],
    ["a long text, several lines", { type: "string", maxLength: 201 }, { multiline: true }],
    [
      "a text with a media type, several lines",
      { type: "string", contentMediaType: "text/html" },
      { multiline: true },
    ],
    [
      "bounds of a text",
      { type: "string", minLength: 1, maxLength: 9, pattern: "^a" },
      { length: { min: 1, max: 9 }, pattern: "^a" },
    ],
    [
      "a number",
      { type: "number", minimum: 0, exclusiveMaximum: 9 },
      { kind: "number", integer: false, range: { min: 0, max: undefined }, below: 9 },
    ],
    [
      "a whole number",
      { type: "integer", multipleOf: 5 },
      { kind: "number", integer: true, step: 5 },
    ],
    ["a truth value", { type: "boolean", default: true }, { kind: "boolean", default: true }],
    ["null", { type: "null" }, { kind: "null" }],
    ["nothing", false, { kind: "never" }],
    ["anything", true, { kind: "json", because: "anything" }],
    ["anything", {}, { kind: "json", because: "anything" }],
    [
      "a bare rule",
      { not: { type: "string" } },
      { kind: "json", because: "rules", unshown: ["not"] },
    ],
    [
      "a list",
      { type: "array", items: { type: "string" }, minItems: 1 },
      { kind: "list", items: { min: 1, max: undefined } },
    ],
    [
      "a list of places",
      { type: "array", prefixItems: [{ type: "string" }], items: false },
      { kind: "list", places: [{ type: "string" }], item: false },
    ],
    [
      "a list of places of draft-07",
      { items: [{ type: "string" }], additionalItems: false },
      { kind: "list", places: [{ type: "string" }], item: false },
    ],
    [
      "boxes to tick",
      { type: "array", uniqueItems: true, items: { enum: ["a", "b"] } },
      { kind: "choices" },
    ],
    ["an object without a type", { properties: { a: {} } }, { kind: "object" }],
    ["a nullable text", { type: ["string", "null"] }, { kind: "text", nullable: true }],
    [
      "a nullable text of OpenAPI",
      { type: "string", nullable: true },
      { kind: "text", nullable: true },
    ],
    [
      "a nullable choice",
      { type: ["string", "null"], enum: ["a", null] },
      {
        kind: "choice",
        nullable: true,
        options: [{ value: "a", label: "a", description: undefined }],
      },
    ],
    [
      "a text or null",
      { anyOf: [{ type: "string", minLength: 2 }, { type: "null" }], description: "A name" },
      { kind: "text", nullable: true, length: { min: 2, max: undefined }, description: "A name" },
    ],
    [
      "a text with suggestions",
      { anyOf: [{ enum: ["a", "b"] }, { type: "string" }] },
      { kind: "text", suggestions: ["a", "b"] },
    ],
    ["several types", { type: ["string", "number"] }, { kind: "variants" }],
    [
      "words",
      { type: "string", title: "Name", deprecated: true, readOnly: true, examples: ["x"] },
      { title: "Name", deprecated: true, readOnly: true, examples: ["x"] },
    ],
  ])("%s", (_, schema, wanted) => expect(field(schema)).toMatchObject(wanted));

  it.each<[string, unknown, string[]]>([
    ["enum", { enum: ["a", 1, null, true] }, ["a", "1", "null", "true"]],
    ["const", { const: "only" }, ["only"]],
    ["enum with names", { enum: ["a"], enumNames: ["First"] }, ["First"]],
    ["oneOf of constants", { oneOf: [{ const: 1, title: "One" }, { const: 2 }] }, ["One", "2"]],
  ])("options of %s", (_, schema, wanted) => expect(labels(schema)).toEqual(wanted));

  it.each<[string, unknown, string[]]>([
    ["their titles", [{ title: "Page", type: "object" }, { title: "Block" }], ["Page", "Block"]],
    [
      "a constant",
      [{ properties: { type: { const: "page" } } }, { properties: { type: { enum: ["block"] } } }],
      ["type: page", "type: block"],
    ],
    [
      "what they require",
      [
        { required: ["id"], properties: {} },
        { required: ["a", "b"], properties: {} },
      ],
      ["id", "a, b"],
    ],
    ["their types", [{ type: "string" }, { type: "array" }], ["string", "array"]],
    [
      "a number where they say the same",
      [
        { required: ["id"], type: "object" },
        { required: ["id"], type: "object" },
      ],
      ["id (1)", "id (2)"],
    ],
  ])("variants are named by %s", (_, oneOf, wanted) => expect(labels({ oneOf })).toEqual(wanted));
});

describe("references and allOf", () => {
  it("follows references within the schema, with what stands beside them", () => {
    const root = {
      $defs: {
        name: { type: "string", description: "Inner" },
        "a/b": { type: "boolean" },
        x: { $anchor: "spot", type: "integer" },
      },
      properties: {
        one: { $ref: "#/$defs/name", description: "Outer" },
        two: { $ref: "#/$defs/a~1b" },
        three: { $ref: "#spot" },
      },
    };
    expect(property(root, "one")).toMatchObject({ kind: "text", description: "Outer" });
    expect(property(root, "two").kind).toBe("boolean");
    expect(property(root, "three").kind).toBe("number");
  });

  it("merges allOf: all fields, all requirements, the tighter bounds", () => {
    const merged = field({
      allOf: [
        { properties: { a: { type: "number", minimum: 1 } }, required: ["a"] },
        { properties: { a: { minimum: 5 }, b: { type: "string" } }, required: ["b"] },
      ],
    });
    if (merged.kind !== "object") throw new Error(merged.kind);
    expect(merged.properties.map(({ name, required }) => [name, required])).toEqual([
      ["a", true],
      ["b", true],
    ]);
    expect(field(merged.properties[0]?.schema)).toMatchObject({ range: { min: 5 } });
  });

  it("keeps what all variants share", () => {
    const found = field({
      type: "object",
      properties: { shared: { type: "string" } },
      oneOf: [
        { properties: { a: {} }, required: ["a"] },
        { properties: { b: {} }, required: ["b"] },
      ],
    });
    if (found.kind !== "variants") throw new Error(found.kind);
    expect(property(found.variants[1]?.schema as JsonObject, "shared").kind).toBe("text");
    expect(property(found.variants[1]?.schema as JsonObject, "b").kind).toBe("json");
  });

  it("takes an anyOf that only requires for a rule beside the form", () => {
    expect(
      field({ properties: { a: {} }, anyOf: [{ required: ["a"] }, { required: ["b"] }] }),
    ).toMatchObject({ kind: "object", unshown: ["choice"] });
  });

  it.each([
    ["another document", { $ref: "https://example.com/schema.json" }],
    ["nowhere", { $ref: "#/$defs/missing" }],
    ["an inherited key", { $ref: "#/constructor/prototype" }],
  ])("shows as JSON what leads to %s", (_, schema) =>
    expect(field(schema)).toMatchObject({ kind: "json", because: "reference" }),
  );

  it("names the rules a form cannot show", () => {
    expect(
      field({
        type: "object",
        properties: {},
        if: {},
        dependentRequired: {},
        propertyNames: {},
      }).unshown,
    ).toEqual(["condition", "dependency", "names"]);
  });
});

describe("fields beyond the named ones", () => {
  const rows = (schema: JsonObject) => {
    const found = field({ type: "object", ...schema });
    return found.kind === "object" ? found.rows : undefined;
  };
  it.each<[string, JsonObject, object]>([
    ["are not invited where the schema says nothing", {}, { open: false }],
    [
      "are invited by a schema",
      { additionalProperties: { type: "string" } },
      { open: true, schema: { type: "string" } },
    ],
    ["are invited by true", { additionalProperties: true }, { open: true, schema: true }],
    ["are not invited by false", { additionalProperties: false }, { open: false }],
    [
      "have a pattern where there is one",
      { patternProperties: { "^x-": { type: "number" } }, additionalProperties: false },
      { open: true, pattern: "^x-", schema: { type: "number" }, odd: false },
    ],
    [
      "are JSON where there are several patterns",
      { patternProperties: { a: {}, b: {} } },
      { open: true, schema: true, odd: true },
    ],
  ])("%s", (_, schema, wanted) => expect(rows(schema)).toMatchObject(wanted));
});

describe("a schema that means harm", () => {
  it("may refer to itself", () => {
    const root = {
      type: "object",
      properties: {
        children: { type: "array", items: { $ref: "#" } },
        next: { $ref: "#/$defs/node" },
      },
      $defs: {
        node: { properties: { next: { $ref: "#/$defs/node" } } },
        loop: { $ref: "#/$defs/loop" },
      },
    };
    expect(property(root, ...Array.from({ length: 500 }, () => "next")).kind).toBe("object");
    expect(fieldOf(root, { $ref: "#/$defs/loop" }).kind).toBe("json");
  });

  it("costs nothing for what is not shown", () => {
    const fan = (to: string) => ({ allOf: Array.from({ length: 50 }, () => ({ $ref: to })) });
    const root = {
      $defs: Object.fromEntries(
        Array.from({ length: 50 }, (_, at) => [`d${at}`, fan(`#/$defs/d${at + 1}`)]),
      ),
    };
    const form = (schema: JsonObject) => fieldOf(schema, { $ref: "#/$defs/d0" });
    expect(countReads(root, form, 100_000)).toBeLessThan(10_000);
  });

  it("may name its fields as objects name theirs", () => {
    const schema = JSON.parse(
      '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"number"}},"required":["__proto__","toString"]}',
    ) as JsonObject;
    const found = field(schema);
    expect(
      found.kind === "object" && found.properties.map(({ name, required }) => [name, required]),
    ).toEqual([
      ["__proto__", true],
      ["constructor", false],
      ["toString", true],
    ]);
    expect(property(schema, "__proto__").kind).toBe("text");
  });

  it("may be of the wrong shape throughout", () => {
    for (const schema of [
      null,
      "string",
      [],
      { type: 7 },
      { type: "object", properties: [], required: "a" },
      { enum: "a" },
      { oneOf: {} },
      { oneOf: [1, null] },
      { allOf: [null, 3, "x"] },
      { items: 5 },
      { minLength: "1" },
      { $ref: 4 },
      { patternProperties: 1 },
    ])
      expect(() => field(schema)).not.toThrow();
  });

  it("may have long titles, with control characters in them", () => {
    const { title, description } = field({
      title: "a\u202eb\u0000" + "x".repeat(100_000),
      description: "d".repeat(100_000),
    });
    expect(title).toHaveLength(120);
    expect(title).not.toMatch(/\p{Cc}|\u202e/u);
    expect(description?.length).toBeLessThan(5000);
  });
});
