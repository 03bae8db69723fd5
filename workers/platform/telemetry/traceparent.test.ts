import { describe, expect, it } from "vitest";
import {
  isSampled,
  randomId,
  readTraceParent,
  readTraceState,
  writeTraceParent,
} from "./traceparent";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";

describe("a traceparent", () => {
  it("is read as W3C Trace Context has it, and written the same", () => {
    const text = `00-${traceId}-${spanId}-01`;
    expect(readTraceParent(text)).toEqual({ traceId, spanId, sampled: true });
    expect(writeTraceParent({ traceId, spanId, sampled: true })).toBe(text);
    expect(readTraceParent(`00-${traceId}-${spanId}-00`)?.sampled).toBe(false);
    expect(readTraceParent(`cc-${traceId}-${spanId}-03-what-comes`)?.sampled).toBe(true);
  });

  it.each([
    undefined,
    null,
    7,
    "",
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-01-more`,
    `ff-${traceId}-${spanId}-01`,
    `00-${"0".repeat(32)}-${spanId}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}-01${" ".repeat(600)}`,
    `cc-${traceId}-${spanId}-01${"-x".repeat(300)}`,
  ])("that is %j counts for none", (text) => expect(readTraceParent(text)).toBeUndefined());
});

describe("a tracestate", () => {
  it("is passed on as it came, or not at all", () => {
    expect(readTraceState("rojo=00f067aa0ba902b7, congo=t61rcWkgMzE")).toBe(
      "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
    );
    for (const text of ["", "a", "A=1", "a=1\r\nx: y", "a=b=c", `a=${"x".repeat(600)}`, 5])
      expect(readTraceState(text)).toBeUndefined();
  });
});

describe("sampling", () => {
  it("records all, none, or about as many as the ratio says, the same ones everywhere", () => {
    const ids = Array.from({ length: 2000 }, () => randomId(32));
    expect(ids.every((id) => isSampled(id, 1))).toBe(true);
    expect(ids.some((id) => isSampled(id, 0))).toBe(false);
    const tenth = ids.filter((id) => isSampled(id, 0.1));
    expect(tenth.length).toBeGreaterThan(100);
    expect(tenth.length).toBeLessThan(320);
    expect(tenth.every((id) => isSampled(id, 0.5))).toBe(true);
  });
});
