import { describe, expect, it } from "vitest";
import { argumentCheck, requireValid } from "./validate";

type Json = Record<string, unknown>;
const object = (properties: Json, rest: Json = {}): Json => ({
  type: "object",
  properties,
  ...rest,
});
const faults = (schema: Json, args: unknown) => argumentCheck(schema)(args as Json);
const paths = (schema: Json, args: unknown) => faults(schema, args).map(({ path }) => path);

const node = object({ child: { $ref: "#/$defs/node" }, name: { type: "string" } });
const cases: [name: string, schema: Json, right: unknown[], wrong: unknown[]][] = [
  ["required", object({}, { required: ["a"] }), [{ a: null }], [{}, { b: 1 }]],
  [
    "required, of a name every object has",
    object({}, { required: ["constructor"] }),
    [{ constructor: 1 }],
    [{}],
  ],
  ["type", object({ a: { type: "string" } }), [{ a: "" }, {}], [{ a: 1 }, { a: null }, { a: [] }]],
  ["several types", object({ a: { type: ["string", "null"] } }), [{ a: null }], [{ a: 1 }]],
  [
    "integer",
    object({ a: { type: "integer" } }),
    [{ a: 1 }, { a: 1.0 }, { a: -0 }],
    [{ a: 1.5 }, { a: "1" }],
  ],
  ["enum", object({ a: { enum: ["x", 1, null] } }), [{ a: null }], [{ a: "1" }]],
  ["const", object({ a: { const: { b: [1] } } }), [{ a: { b: [1] } }], [{ a: { b: [1, 2] } }]],
  [
    "bounds",
    object({ a: { exclusiveMinimum: 0, maximum: 2, multipleOf: 0.1 } }),
    [{ a: 0.3 }, { a: 2 }],
    [{ a: 0 }, { a: 0.25 }],
  ],
  [
    "lengths in characters",
    object({ a: { minLength: 2, maxLength: 2 } }),
    [{ a: "🚀🚀" }],
    [{ a: "🚀" }],
  ],
  [
    "additionalProperties",
    object({ a: {} }, { additionalProperties: false }),
    [{ a: 1 }],
    [{ b: 1 }, { a: 1, __proto__x: 1 }],
  ],
  [
    "additionalProperties as a schema",
    object({}, { additionalProperties: { type: "number" } }),
    [{ b: 1 }],
    [{ b: "1" }],
  ],
  [
    "patternProperties",
    object({}, { patternProperties: { "^n_": { type: "number" } }, additionalProperties: false }),
    [{ n_a: 1 }],
    [{ n_a: "" }, { x: 1 }],
  ],
  ["propertyNames", object({}, { propertyNames: { pattern: "^[a-z]+$" } }), [{ a: 1 }], [{ A: 1 }]],
  [
    "dependentRequired",
    object({}, { dependentRequired: { a: ["b"] } }),
    [{ b: 1 }, { a: 1, b: 1 }],
    [{ a: 1 }],
  ],
  [
    "pattern",
    object({ a: { pattern: "^[a-z0-9]+(?:-[a-z0-9]+)*$" } }),
    [{ a: "a-b" }],
    [{ a: "A b" }],
  ],
  [
    "format",
    object({ a: { format: "date" } }),
    [{ a: "2026-02-28" }],
    [{ a: "2026-02-30" }, { a: "soon" }],
  ],
  [
    "an unknown format",
    object({ a: { format: "constructor" }, b: { format: "hasOwnProperty" } }),
    [{ a: "x", b: "y" }],
    [],
  ],
  [
    "items",
    object({ a: { items: { type: "number" } } }),
    [{ a: [] }, { a: [1] }],
    [{ a: [1, "2"] }],
  ],
  [
    "prefixItems",
    object({ a: { prefixItems: [{ type: "string" }], items: false } }),
    [{ a: ["x"] }, { a: [] }],
    [{ a: [1] }, { a: ["x", 1] }],
  ],
  [
    "uniqueItems",
    object({ a: { uniqueItems: true } }),
    [{ a: [1, "1", [1]] }],
    [{ a: [1, 1] }, { a: [{ b: 1 }, { b: 1 }] }],
  ],
  [
    "contains",
    object({ a: { contains: { type: "number" }, maxContains: 1 } }),
    [{ a: ["x", 1] }],
    [{ a: ["x"] }, { a: [1, 2] }],
  ],
  [
    "anyOf",
    object({ a: { anyOf: [{ type: "string" }, { type: "number" }] } }),
    [{ a: 1 }],
    [{ a: true }],
  ],
  [
    "oneOf",
    object({ a: { oneOf: [{ type: "integer" }, { minimum: 2 }] } }),
    [{ a: 1 }, { a: 2.5 }],
    [{ a: 3 }, { a: 1.5 }],
  ],
  ["not", object({ a: { not: { type: "string" } } }), [{ a: 1 }], [{ a: "x" }]],
  [
    "if, then, else",
    object(
      {},
      JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}'),
    ),
    [{ a: 1, b: 1 }, { c: 1 }],
    [{ a: 1 }, {}],
  ],
  [
    "unevaluatedProperties",
    object({}, { allOf: [object({ a: {} })], unevaluatedProperties: false }),
    [{ a: 1 }],
    [{ b: 1 }],
  ],
  [
    "a local reference",
    object({ a: { $ref: "#/$defs/short" } }, { $defs: { short: { maxLength: 1 } } }),
    [{ a: "x" }],
    [{ a: "xy" }],
  ],
  [
    "a reference beside other keywords",
    object({ a: { $ref: "#/$defs/s", maxLength: 1 } }, { $defs: { s: { type: "string" } } }),
    [{ a: "x" }],
    [{ a: 1 }, { a: "xy" }],
  ],
  [
    "an anchor",
    object({ a: { $ref: "#n" } }, { $defs: { x: { $anchor: "n", type: "number" } } }),
    [{ a: 1 }],
    [{ a: "1" }],
  ],
  [
    "a tree that refers to itself",
    { ...node, $defs: { node } },
    [{ child: { child: { name: "x" } } }],
    [{ child: { child: { name: 1 } } }],
  ],
  [
    "properties named like keywords",
    object({
      pattern: { type: "string" },
      $ref: { type: "number" },
      format: {},
      uniqueItems: { type: "boolean" },
      properties: object({ type: { type: "string" } }),
    }),
    [{ pattern: "(a+)+$", $ref: 1, uniqueItems: true, properties: { type: "x" } }],
    [{ pattern: 1 }, { $ref: "x" }, { properties: { type: 1 } }],
  ],
  [
    "a property named __proto__",
    JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'),
    [JSON.parse('{"__proto__":"x"}')],
    [JSON.parse('{"__proto__":1}')],
  ],
];

describe("JSON Schema 2020-12", () => {
  it.each(cases)("%s", (_name, schema, right, wrong) => {
    for (const args of right) expect(faults(schema, args)).toEqual([]);
    for (const args of wrong) expect(faults(schema, args)).not.toEqual([]);
  });

  it("is not what an older dialect is read as", () => {
    const tuple = object({ a: { items: [{ type: "string" }], additionalItems: false } });
    const draft7 = { ...tuple, $schema: "http://json-schema.org/draft-07/schema#" };
    expect(faults(draft7, { a: ["x"] })).toEqual([]);
    expect(faults(draft7, { a: [1] })).not.toEqual([]);
    expect(faults(draft7, { a: ["x", 1] })).not.toEqual([]);
    // In draft-07 what stands beside a reference is ignored.
    const beside = object(
      { a: { $ref: "#/definitions/s", maxLength: 1 } },
      { definitions: { s: { type: "string" } } },
    );
    expect(faults({ ...beside, $schema: draft7.$schema }, { a: "xy" })).toEqual([]);
    expect(faults(beside, { a: "xy" })).not.toEqual([]);
  });
});

describe("a fault", () => {
  const schema = object(
    {
      who: object({ "a/b": { type: "string" } }, { required: ["id"] }),
      list: { type: "array", items: { type: "integer" } },
      short: { $ref: "#/$defs/short" },
    },
    { additionalProperties: false, $defs: { short: { type: "string", maxLength: 1 } } },
  );

  it.each<[string, unknown, { path: string; message: string }[]]>([
    [
      "what is missing",
      { who: {} },
      [{ path: "/who", message: 'Instance does not have required property "id".' }],
    ],
    [
      "the item",
      { list: [1, "2"] },
      [{ path: "/list/1", message: 'Instance type "string" is invalid. Expected "integer".' }],
    ],
    [
      "a key with a slash",
      { who: { id: 1, "a/b": 2 } },
      [{ path: "/who/a~1b", message: expect.stringContaining("number") }],
    ],
    [
      "what a reference leads to",
      { short: "xy" },
      [{ path: "/short", message: "String is too long (2 > 1)." }],
    ],
    [
      "what is not allowed",
      { other: 1 },
      [{ path: "/other", message: "This is not allowed here." }],
    ],
  ])("names %s", (_what, args, told) => {
    expect(faults(schema, args)).toEqual(told);
  });

  it("is told once for each place, ten at most", () => {
    expect(paths(schema, { list: Array.from({ length: 50 }, () => "x") })).toHaveLength(10);
    expect(paths(schema, { list: ["x"], short: 1, who: 2 }).sort()).toEqual([
      "/list/0",
      "/short",
      "/who",
    ]);
  });

  it("becomes one sentence with the tool, the place and the reason", () => {
    const check = argumentCheck(schema);
    expect(() => requireValid(check, "pay", { list: "x", other: 1 })).toThrow(
      expect.objectContaining({
        code: "invalid_arguments",
        message:
          'The arguments do not fit the tool pay. arguments/list: Instance type "string" is invalid. Expected "array". arguments/other: This is not allowed here.',
        details: {
          faults: expect.arrayContaining([
            { path: "/other", message: "This is not allowed here." },
          ]),
        },
      }),
    );
    expect(() => requireValid(check, "pay", { list: [] })).not.toThrow();
  });

  it("is found in arguments that nest too deep to be written down", () => {
    let deep: unknown = [];
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(faults({ type: "object" }, { deep })).toEqual([
      { path: "/", message: "They nest deeper than 200 levels." },
    ]);
  });
});

describe("what cannot be checked is left to the server:", () => {
  const fetched: string[] = [];
  it.each<[string, Json]>([
    ["a reference to another document", object({ a: { $ref: "https://acme.com/schema.json" } })],
    ["a reference to a file", object({ a: { $ref: "file:///etc/passwd" } })],
    ["a reference to nothing", object({ a: { $ref: "#/$defs/none" } })],
    [
      "references that lead to each other",
      object(
        { a: { $ref: "#/$defs/b" } },
        { $defs: { b: { $ref: "#/$defs/c" }, c: { $ref: "#/$defs/b" } } },
      ),
    ],
    ["a schema of nonsense", object({ a: { type: 7, required: 1, anyOf: "x", enum: {} } })],
    ["a pattern that is none", object({ a: { pattern: "(" } })],
  ])("%s", (_name, schema) => {
    const real = globalThis.fetch;
    globalThis.fetch = (input) => {
      fetched.push(new Request(input).url);
      return Promise.reject(new Error("nothing may be fetched"));
    };
    try {
      expect(faults(schema, { a: "x" })).toEqual([]);
    } finally {
      globalThis.fetch = real;
    }
    expect(fetched).toEqual([]);
  });

  it("but only where it is met", () => {
    const schema = object({ a: { $ref: "https://acme.com/schema.json" }, b: { type: "number" } });
    expect(faults(schema, { b: "x" })).toHaveLength(1);
  });
});

describe("a hostile schema does not keep the isolate busy:", () => {
  const many = <Item>(count: number, make: (n: number) => Item) =>
    Array.from({ length: count }, (_, n) => make(n));
  const fan = Object.fromEntries(
    many(
      40,
      (n) =>
        [
          `d${n}`,
          { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
        ] as const,
    ),
  );
  let ids: Json = { type: "string" };
  for (let n = 0; n < 60; n++) ids = { $id: `https://acme.com/${n}`, properties: { a: ids } };
  const list = many(20_000, (n) => ({ n }));
  const nestedList = JSON.parse("[".repeat(100) + "]".repeat(100));

  it.each<[string, Json, Json]>([
    ["a nested quantifier", object({ a: { pattern: "(a+)+$" } }), { a: `${"a".repeat(60)}!` }],
    ["choices that overlap", object({ a: { pattern: "(a|aa)+$" } }), { a: `${"a".repeat(80)}!` }],
    [
      "many open quantifiers",
      object({ a: { pattern: "a*a*a*a*a*a*a*a*$" } }),
      { a: `${"a".repeat(5000)}!` },
    ],
    [
      "a pattern of property names",
      object({}, { patternProperties: { "(a+)+$": {} } }),
      { [`${"a".repeat(60)}!`]: 1 },
    ],
    [
      "a pattern for property names",
      object({}, { propertyNames: { pattern: "(a+)+$" } }),
      { [`${"a".repeat(60)}!`]: 1 },
    ],
    ["the format url", object({ a: { format: "url" } }), { a: `http://${"a".repeat(60)}!` }],
    [
      "references that fan out",
      object({ a: { $ref: "#/$defs/d0" } }, { $defs: { ...fan, d40: {} } }),
      { a: 1 },
    ],
    [
      "references that fan out with the arguments",
      {
        $defs: { n: { items: { allOf: [{ $ref: "#/$defs/n" }, { $ref: "#/$defs/n" }] } } },
        properties: { a: { $ref: "#/$defs/n" } },
      },
      { a: nestedList },
    ],
    ["identifiers within identifiers", object({ a: ids }), { a: 1 }],
    ["unique items by the thousand", object({ a: { uniqueItems: true } }), { a: list }],
    [
      "a long enum for a long list",
      object({ a: { items: { enum: many(20_000, (n) => `v${n}`) } } }),
      { a: list },
    ],
    [
      "a long allOf for a long list",
      object({ a: { items: { allOf: many(5000, () => ({ type: "object" })) } } }),
      { a: list },
    ],
    [
      "lengths of a long text",
      object({ a: { allOf: many(5000, () => ({ minLength: 1 })) } }),
      { a: "x".repeat(2_000_000) },
    ],
    ["a fault for each of many items", object({ a: { items: { type: "string" } } }), { a: list }],
  ])("%s", (_name, schema, args) => {
    const check = argumentCheck(schema);
    const started = performance.now();
    check(args);
    check(args);
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it("and the next call is checked as ever", () => {
    const check = argumentCheck(object({ a: { pattern: "(a+)+$" }, b: { type: "number" } }));
    expect(check({ a: `${"a".repeat(60)}!` })).toEqual([]);
    expect(check({ b: "x" })).toHaveLength(1);
  });
});
