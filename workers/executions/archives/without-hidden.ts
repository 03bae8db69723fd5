/** Compressed JSON lines without those of these connections, compressed again. A line at a time is in memory. */
export function withoutHidden(
  packed: ReadableStream<Uint8Array>,
  hidden: ReadonlySet<string>,
): ReadableStream<Uint8Array> {
  let rest = "";
  const kept = (line: string): boolean => {
    if (line === "") return false;
    const { connectionId } = JSON.parse(line) as { connectionId: string };
    return !hidden.has(connectionId);
  };
  const pass = (lines: readonly string[]): string =>
    lines
      .filter(kept)
      .map((line) => `${line}\n`)
      .join("");
  const filter = new TransformStream<string, string>({
    transform(text, controller) {
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop() ?? "";
      controller.enqueue(pass(lines));
    },
    flush(controller) {
      controller.enqueue(pass([rest]));
    },
  });
  return packed
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(filter)
    .pipeThrough(new TextEncoderStream())
    .pipeThrough(new CompressionStream("gzip"));
}
