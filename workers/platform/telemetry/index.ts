export type { Span } from "./span";
export { beginTrace, ended, inSpan, traceRequest, within } from "./trace";
export { readTraceParent, readTraceState } from "./traceparent";
