import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { leaveFor } from "./leave";

const assign = vi.fn();
beforeEach(() => vi.stubGlobal("location", { assign }));
afterEach(() => {
  vi.unstubAllGlobals();
  assign.mockReset();
});

it.each([
  "https://client.example/callback?code=1",
  "http://127.0.0.1:3000/callback",
  "cursor://anysphere.cursor-mcp/oauth",
])("goes to %s", (address) => {
  expect(leaveFor(address)).toBe(true);
  expect(assign).toHaveBeenCalledWith(address);
});

it.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "data:text/html,<script>",
  " javascript:alert(1)",
  "/relative",
  "",
])("does not go to %j", (address) => {
  expect(leaveFor(address)).toBe(false);
  expect(assign).not.toHaveBeenCalled();
});
