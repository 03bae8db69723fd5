import type { News } from "./frames";
import type { Read } from "./read-news";

const most = 4000;
const mostCharacters = 4 * 1024 * 1024;

/** The last messages told, so that they are not read anew for each of many who come back. All of them lie in SQLite too. */
export class Recent {
  #news: News[] = [];
  #characters = 0;
  /** Everything after this one is here. */
  #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  add(news: readonly News[]): void {
    for (const one of news) {
      this.#news.push(one);
      this.#characters += one.text.length;
    }
    if (this.#news.length < 2 * most && this.#characters < 2 * mostCharacters) return;
    while (this.#news.length > most || this.#characters > mostCharacters) {
      const gone = this.#news.shift();
      this.#characters -= gone?.text.length ?? 0;
      this.#from = gone?.seq ?? this.#from;
    }
  }

  /** What follows this sequence number, or undefined where not all of it is in memory. */
  after(seq: number, limit: number): Read | undefined {
    if (seq < this.#from) return undefined;
    const first = this.#news.findLastIndex((one) => (one.seq ?? 0) <= seq) + 1;
    let end = Math.min(first + limit, this.#news.length);
    // What has one sequence number stays together.
    while (end < this.#news.length && this.#news[end]?.seq === this.#news[end - 1]?.seq) end += 1;
    const news = this.#news.slice(first, end);
    return { news, upTo: news.at(-1)?.seq ?? seq, done: end === this.#news.length };
  }

  clear(from: number): void {
    this.#news = [];
    this.#characters = 0;
    this.#from = from;
  }
}
