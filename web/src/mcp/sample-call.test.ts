import { expect, it } from "vitest";
import { sampleCall } from "./sample-call";

const tool = (id: string, inputSchema: Record<string, unknown>, annotations = {}) => ({
  id,
  exposedName: id,
  inputSchema,
  annotations,
});

it("prefers a tool that changes nothing and asks for little", () => {
  const changing = tool("change", { required: ["a"] });
  const wide = tool("wide", { required: ["a", "b", "c"] }, { readOnlyHint: true });
  const narrow = tool("narrow", { required: ["a"] }, { readOnlyHint: true });
  expect(sampleCall([changing, wide, narrow])?.tool.id).toBe("narrow");
  expect(sampleCall([])).toBeUndefined();
});

it("fills in what is required, from what the schema offers", () => {
  const inputSchema = {
    required: ["text", "count", "mode", "flag", "list", "unknown", 7],
    properties: {
      text: { type: "string", examples: ["hi"] },
      count: { type: "integer", minimum: 3 },
      mode: { enum: ["fast", "slow"] },
      flag: { type: "boolean" },
      list: { type: "array" },
      optional: { type: "string" },
    },
  };
  expect(sampleCall([tool("one", inputSchema)])?.args).toEqual({
    text: "hi",
    count: 3,
    mode: "fast",
    flag: true,
    list: [],
    unknown: "hello",
  });
});
