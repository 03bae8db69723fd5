import { HubError } from "../errors";

export type BodyLimits = {
  /** Names the upstream in errors. */
  host: string;
  maxBytes: number;
  /** How long the upstream may send nothing while somebody reads. */
  idleTimeoutMs?: number | undefined;
  /** The caller's own; its reason is what the reader sees once it is aborted. */
  signal?: AbortSignal | undefined;
};

/** The same response, whose body fails with a `HubError` once it breaks a limit. Counts decompressed bytes. */
export function limitBody(response: Response, limits: BodyLimits): Response {
  const { body } = response;
  if (body === null) return response;
  const length = exactLength(response.headers);
  if (length !== undefined && length > limits.maxBytes) {
    discard(body);
    throw tooLarge(limits);
  }
  // Nothing to count: the runtime ends a body at its content-length, and fails one that ends before.
  if (length !== undefined && limits.idleTimeoutMs === undefined) return response;

  const limited = new Response(limitStream(body, limits), response);
  if (response.headers.has("content-encoding")) {
    // What comes out is decoded; left alone these two would describe what came in.
    limited.headers.delete("content-encoding");
    limited.headers.delete("content-length");
  }
  return Object.defineProperty(limited, "url", { value: response.url });
}

/** How many bytes a reader will get, if the headers fix it: an encoded body is longer, a chunked one ignores the number. */
function exactLength(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  if (length === null || !/^\d+$/.test(length)) return undefined;
  if (headers.has("content-encoding") || headers.has("transfer-encoding")) return undefined;
  return Number(length);
}

function limitStream(body: ReadableStream<Uint8Array>, limits: BodyLimits) {
  const reader = body.getReader();
  let received = 0;
  // Reads only when read from (highWaterMark 0): an event passes at once, and a slow reader is no idle upstream.
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await readWithin(reader, limits);
          if (done) return controller.close();
          received += value.byteLength;
          if (received > limits.maxBytes) throw tooLarge(limits);
          controller.enqueue(value);
        } catch (error) {
          void reader.cancel().catch(() => {});
          if (limits.signal?.aborted) throw limits.signal.reason;
          if (error instanceof HubError) throw error;
          if (error instanceof TypeError && /decompression/i.test(error.message))
            throw new HubError(
              "upstream_invalid",
              `${limits.host} answered with a body that is not encoded as its headers say.`,
              { cause: error },
            );
          throw new HubError(
            "upstream_unreachable",
            `${limits.host} broke off in the middle of its answer. Try again.`,
            { cause: error },
          );
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, limits: BodyLimits) {
  const { host, idleTimeoutMs } = limits;
  if (idleTimeoutMs === undefined) return reader.read();
  const silence = Promise.withResolvers<never>();
  const clock = setTimeout(() => {
    silence.reject(
      new HubError(
        "upstream_timeout",
        `${host} fell silent for ${idleTimeoutMs} ms in the middle of its answer. Try again later.`,
      ),
    );
  }, idleTimeoutMs);
  try {
    return await Promise.race([reader.read(), silence.promise]);
  } finally {
    clearTimeout(clock);
  }
}

export function discard(body: ReadableStream | null): void {
  void body?.cancel().catch(() => {});
}

function tooLarge({ host, maxBytes }: BodyLimits): HubError {
  return new HubError(
    "upstream_too_large",
    `The answer of ${host} is larger than ${maxBytes} bytes, the most that is read. Ask it for less, such as a smaller page.`,
  );
}
