import type { LiveMessage } from "../../../shared/contracts/live";
import { subjectOf, type Subject } from "./sight";
import type { Parcel } from "./unheard";

/**
 * How a viewer gets its messages: each in a frame of its own, several as one JSON array, or as the text of server-sent
 * events, after a line with the last sequence number and the count of them.
 */
export const forms = ["one", "list", "events"] as const;
export type Form = (typeof forms)[number];

/** A message made ready once for everybody. */
export type News = {
  /** What a viewer that has it goes on from; null for what is not replayed. */
  seq: number | null;
  type: LiveMessage["type"];
  text: string;
  subject: Subject;
};

export function newsOf(message: LiveMessage, seq: number | null = seqOf(message)): News {
  return { seq, type: message.type, text: JSON.stringify(message), subject: subjectOf(message) };
}

const seqOf = (message: LiveMessage): number | null => ("seq" in message ? message.seq : null);

/** Messages that go out together: made once, sent to many. */
export class Frames {
  readonly parcel: Parcel;
  readonly #news: readonly News[];
  #one: readonly string[] | undefined;
  #list: readonly string[] | undefined;
  #events: readonly string[] | undefined;

  /** `told` is the last sequence number their viewer has heard, where they have none themselves. */
  constructor(news: readonly News[], told: number) {
    this.#news = news;
    const seq = news.findLast((one) => one.seq !== null)?.seq ?? told;
    const characters = news.reduce((sum, { text }) => sum + text.length, 0);
    this.parcel = { seq, messages: news.length, characters };
  }

  in(form: Form): readonly string[] {
    switch (form) {
      case "one":
        return (this.#one ??= this.#news.map(({ text }) => text));
      case "list":
        return (this.#list ??= [`[${this.#news.map(({ text }) => text).join(",")}]`]);
      case "events":
        return (this.#events ??= [
          `${this.parcel.seq} ${this.parcel.messages}\n${this.#news.map((one, i) => serverSentEvent(one, this.#news[i + 1])).join("")}`,
        ]);
    }
  }
}

/** Of several messages with one sequence number the last carries it: whoever has it has them all. */
function serverSentEvent({ seq, type, text }: News, next: News | undefined): string {
  const id = seq === null || next?.seq === seq ? "" : `id: ${seq}\n`;
  return `${id}event: ${type}\ndata: ${text}\n\n`;
}
