import type { TestAnswer } from "./team";

type Told = Pick<TestAnswer, "status" | "text"> & { headers?: Headers };

const id = /\b[a-z]{3,4}_[0-9a-z]{26}\b/g;
/** Milliseconds since 1970, in this century. */
const time = /\b[12]\d{12}\b/g;
const lasted = /"(durationMs|retryAfterSeconds)":\d+/g;
const secret = /\b(pb_[0-9A-Za-z]{38}|ey[\w-]+\.[\w-]+\.[\w-]+)/g;

/**
 * What must be equal of two answers for a caller to learn nothing from them. `sent` is what the caller named in one, and
 * `unknownLike` it in the other.
 */
export function told({ status, text, headers }: Told, sent: string): string {
  const said = [...(headers ?? [])]
    .filter(([name]) => name !== "x-request-id" && !name.startsWith("ratelimit"))
    .join("\n");
  const plain = without(without(`${said}\n${text}`, sent), unknownLike(sent))
    .replaceAll(secret, "<secret>")
    .replaceAll(id, "<id>")
    .replaceAll(time, "<time>")
    .replaceAll(lasted, "<time>");
  return `${status} ${plain}`;
}

/** Which of these marks stand in the answer, beside what the caller sent itself. */
export function leaksOf({ text, headers }: Told, marks: readonly string[], sent = ""): string[] {
  const whole = without(`${[...(headers ?? [])].join("\n")}\n${text}`, sent);
  return marks.filter((mark) => whole.includes(mark) && !sent.includes(mark));
}

/** In every spelling an answer may give it back in. */
function without(text: string, sent: string): string {
  if (sent === "") return text;
  return [sent, JSON.stringify(sent).slice(1, -1), encodeURIComponent(sent)].reduce(
    (rest, spelling) => rest.replaceAll(spelling, "<sent>"),
    text,
  );
}

/** A value nobody has that looks like this one and sorts beside it: an id for an id, an address for an address. */
export function unknownLike(value: string): string {
  const end = value.includes("@") ? value.indexOf("@") : value.length;
  const turned = value
    .slice(Math.max(0, end - 4), end)
    .replaceAll(/[0-9a-z]/gi, (letter) => (letter === "7" ? "8" : "7"));
  return value.slice(0, Math.max(0, end - 4)) + turned + value.slice(end);
}
