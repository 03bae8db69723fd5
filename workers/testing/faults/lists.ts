import { type Behaviour, around, pour, sendJson } from "./exchange.ts";
import { probe } from "./protocol.ts";

const anything = { type: "object" };
const bad = (tool: object) => ({ description: "A tool with a flaw.", ...tool });

/** The healthy probe stands beside the flawed tools: whatever becomes of those, it has to stay callable. */
const beside =
  (tools: (origin: string) => unknown[]): Behaviour =>
  (exchange) => {
    const result = { ...exchange.answer.result, tools: [probe, ...tools(exchange.origin)] };
    sendJson(exchange, { ...exchange.answer, result });
  };

const paged =
  (next: (cursor: string | undefined) => string): Behaviour =>
  (exchange) => {
    const cursor = exchange.params["cursor"];
    const page = typeof cursor === "string" ? cursor : undefined;
    const tool = page === undefined ? probe : { ...probe, name: `page_${page}` };
    const result = { ...exchange.answer.result, tools: [tool], nextCursor: next(page) };
    sendJson(exchange, { ...exchange.answer, result });
  };

function* manyTools(before: string, after: string) {
  const description = "All work and no play makes a dull tool. ".repeat(100);
  yield `${before.slice(0, -1)}[${JSON.stringify(probe)}`;
  for (let n = 1; n < 5000; n++) {
    yield `,${JSON.stringify({ name: `tool_${n}`, description, inputSchema: anything })}`;
  }
  yield `]${after.slice(1)}`;
}

export const lists = {
  list_huge: (exchange) => {
    const { before, after } = around(exchange.answer, (hole) => ({ tools: hole }));
    return pour(exchange, manyTools(before, after));
  },
  list_not_array: (exchange) => {
    const result = { ...exchange.answer.result, tools: { probe } };
    sendJson(exchange, { ...exchange.answer, result });
  },
  list_cursor_cycle: paged((cursor) => (cursor === "a" ? "b" : "a")),
  list_cursor_endless: paged((cursor) => String(Number(cursor ?? 0) + 1)),
  list_null_entry: beside(() => [null, 7, "tool", []]),
  list_no_name: beside(() => [
    bad({ inputSchema: anything }),
    bad({ name: "", inputSchema: anything }),
    bad({ name: 7, inputSchema: anything }),
  ]),
  list_long_name: beside(() => [bad({ name: "n".repeat(10 * 1024), inputSchema: anything })]),
  list_same_name: beside(() => [
    { name: "twin", description: "The first.", inputSchema: anything },
    { name: "twin", description: "The second.", inputSchema: anything },
  ]),
  list_prototype_names: beside(() =>
    ["__proto__", "constructor", "toString"].map((name) => bad({ name, inputSchema: anything })),
  ),
  list_schema_missing: beside(() => [bad({ name: "flawed" })]),
  list_schema_not_object: beside(() => [
    bad({ name: "flawed_text", inputSchema: "object" }),
    bad({ name: "flawed_null", inputSchema: null }),
    bad({ name: "flawed_array", inputSchema: [] }),
    bad({ name: "flawed_type", inputSchema: { type: "array" } }),
  ]),
  list_schema_cyclic: beside(() => [
    bad({
      name: "flawed",
      inputSchema: {
        type: "object",
        properties: { tree: { $ref: "#/$defs/node" }, knot: { $ref: "#/$defs/knot" } },
        $defs: {
          node: { type: "object", properties: { child: { $ref: "#/$defs/node" } } },
          knot: { $ref: "#/$defs/rope" },
          rope: { $ref: "#/$defs/knot" },
        },
      },
    }),
  ]),
  list_schema_remote: beside((origin) => [
    bad({
      name: "flawed",
      inputSchema: {
        type: "object",
        properties: {
          near: { $ref: `${origin}/f/list_schema_remote/schema.json` },
          file: { $ref: "file:///etc/passwd" },
        },
      },
    }),
  ]),
  list_schema_wide: beside(() => [
    bad({
      name: "wide",
      inputSchema: {
        type: "object",
        properties: Object.fromEntries(
          Array.from({ length: 1000 }, (_, n) => [`property_${n}`, { type: "string" }]),
        ),
      },
    }),
  ]),
} satisfies Record<string, Behaviour>;
