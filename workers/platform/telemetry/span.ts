import { isSampled, randomId, writeTraceParent, type TraceParent } from "./traceparent";

/** A noun or a number; never what somebody handed in, and never what a server said. */
export type Attribute = string | number | boolean;
export type Attributes = Record<string, Attribute | undefined>;
export type SpanKind = "internal" | "server" | "client" | "consumer";

/** A span that has ended, as plain data: any request of the isolate may carry it to the collector. */
export type EndedSpan = {
  traceId: string;
  spanId: string;
  parentId: string | undefined;
  name: string;
  kind: SpanKind;
  startedAt: number;
  endedAt: number;
  attributes: Attributes;
  /** The code of the error it ended with. */
  error: string | undefined;
  links: readonly Pick<TraceParent, "traceId" | "spanId">[];
};

type Trace = {
  id: string;
  sampled: boolean;
  ratio: number;
  state: string | undefined;
  hand: (span: EndedSpan) => void;
};

export type Beginning = {
  name: string;
  kind: SpanKind;
  /** Where the caller stands in a trace. */
  parent: TraceParent | undefined;
  state?: string | undefined;
  /** Recorded in any case, whatever the ratio. */
  sampled?: boolean | undefined;
  /** How much is recorded, from 0 to 1. */
  ratio: number;
  /** Takes each span that has ended. */
  hand: (span: EndedSpan) => void;
};

/** A piece of work under way. Where its trace is not sampled it only passes on where it stands. */
export class Span {
  readonly #trace: Trace;
  readonly #kind: SpanKind;
  readonly #startedAt = Date.now();
  readonly #attributes: Attributes = {};
  #name: string;
  #parentId: string | undefined;
  #error: string | undefined;
  #links: EndedSpan["links"] = [];
  #ended = false;
  readonly id = randomId(16);

  private constructor(
    trace: Trace,
    { name, kind, parentId }: { name: string; kind: SpanKind; parentId: string | undefined },
  ) {
    this.#trace = trace;
    this.#name = name;
    this.#kind = kind;
    this.#parentId = parentId;
  }

  /** The first span of the hub in a trace: the caller's, or one of its own. */
  static root({ name, kind, parent, state, sampled: asked, ratio, hand }: Beginning): Span {
    const id = parent?.traceId ?? randomId(32);
    const sampled = asked ?? isRecorded(parent ?? { traceId: id, sampled: true }, ratio);
    return new Span({ id, sampled, ratio, state, hand }, { name, kind, parentId: parent?.spanId });
  }

  get traceId(): string {
    return this.#trace.id;
  }

  get sampled(): boolean {
    return this.#trace.sampled;
  }

  get traceparent(): string {
    const { id: traceId, sampled } = this.#trace;
    return writeTraceParent({ traceId, spanId: this.id, sampled });
  }

  get tracestate(): string | undefined {
    return this.#trace.state;
  }

  begin(name: string, kind: SpanKind = "internal"): Span {
    return new Span(this.#trace, { name, kind, parentId: this.id });
  }

  /** The body names a caller's trace where the headers named none. Only before anything else has begun in this one. */
  continue(parent: TraceParent, state: string | undefined): void {
    if (this.#parentId !== undefined) return;
    this.#parentId = parent.spanId;
    const sampled = isRecorded(parent, this.#trace.ratio);
    Object.assign(this.#trace, { id: parent.traceId, sampled, state });
  }

  set(attributes: Attributes): this {
    if (this.#trace.sampled) Object.assign(this.#attributes, attributes);
    return this;
  }

  rename(name: string): void {
    this.#name = name;
  }

  link(to: Pick<TraceParent, "traceId" | "spanId">): void {
    this.#links = [...this.#links, to];
  }

  fail(code: string): void {
    this.#error = code;
  }

  end(): void {
    if (this.#ended || !this.#trace.sampled) return;
    this.#ended = true;
    this.#trace.hand({
      traceId: this.#trace.id,
      spanId: this.id,
      parentId: this.#parentId,
      name: this.#name,
      kind: this.#kind,
      startedAt: this.#startedAt,
      endedAt: Date.now(),
      attributes: this.#attributes,
      error: this.#error,
      links: this.#links,
    });
  }
}

/** Anybody can say that their trace is recorded: that counts as far as the ratio has it, their wish that it is not always. */
function isRecorded({ traceId, sampled }: Omit<TraceParent, "spanId">, ratio: number): boolean {
  return sampled && isSampled(traceId, ratio);
}
