import { expect, it } from "vitest";
import { accessibilitySize, runAccessibility } from "./accessibility.ts";

it("can be seen, read, reached and used on every page, in every state", async () => {
  const { line, broken } = await runAccessibility(accessibilitySize.tenth);
  console.log(line);
  expect(broken).toEqual([]);
}, 600_000);
