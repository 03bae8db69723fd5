import { hubVersion } from "../../../shared/version";
import type { Attributes, EndedSpan } from "./span";

/** opentelemetry/proto/trace/v1: Span.SpanKind and Status.StatusCode. */
const kinds = { internal: 1, server: 2, client: 3, consumer: 5 } as const;
const failed = 2;

/** The body of an OTLP/HTTP request for traces, in the JSON encoding: ids in hexadecimal, times in nanoseconds as text. */
export function otlpTraces(spans: readonly EndedSpan[]): string {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: {
          attributes: attributesOf({
            "service.name": "plugboard",
            "service.version": hubVersion,
          }),
        },
        scopeSpans: [
          { scope: { name: "plugboard", version: hubVersion }, spans: spans.map(spanOf) },
        ],
      },
    ],
  });
}

function spanOf(span: EndedSpan): object {
  const { traceId, spanId, parentId, name, kind, startedAt, endedAt, error, links } = span;
  const attributes = error === undefined ? {} : { "error.type": error };
  return {
    traceId,
    spanId,
    ...(parentId === undefined ? {} : { parentSpanId: parentId }),
    name,
    kind: kinds[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf({ ...span.attributes, ...attributes }),
    ...(links.length === 0 ? {} : { links }),
    ...(error === undefined ? {} : { status: { code: failed, message: error } }),
  };
}

const nanoseconds = (ms: number): string => `${Math.trunc(ms)}000000`;

function attributesOf(attributes: Attributes): object[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: valueOf(value) }],
  );
}

function valueOf(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value.slice(0, 1000) };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
