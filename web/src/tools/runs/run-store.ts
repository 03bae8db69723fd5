import { useSyncExternalStore } from "react";
import { callTool } from "./call-tool";
import { advanced, newRun, type Run, type RunEvent, type RunOf } from "./run-state";

/** How often what a run tells is shown; it may tell much faster. */
const showEveryMs = 80;

type Underway = {
  abort: AbortController;
  waiting: RunEvent[];
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** The last run of each tool. They go on while their reader looks at another page. */
class Runs {
  readonly #runs = new Map<string, Run>();
  readonly #underway = new Map<string, Underway>();
  readonly #listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  of(toolId: string): Run | undefined {
    return this.#runs.get(toolId);
  }

  start(of: RunOf): Promise<Run | undefined> {
    const { toolId } = of;
    this.cancel(toolId);
    const underway: Underway = { abort: new AbortController(), waiting: [], timer: undefined };
    this.#underway.set(toolId, underway);
    this.#set(toolId, newRun(of, Date.now()));
    return this.#follow(of, underway);
  }

  cancel(toolId: string): void {
    this.#underway.get(toolId)?.abort.abort();
  }

  async #follow(of: RunOf, underway: Underway): Promise<Run | undefined> {
    const { toolId } = of;
    const { signal } = underway.abort;
    const outcome = await callTool({ ...of, signal }, (told) => {
      underway.waiting.push({ type: "told", at: Date.now(), told });
      underway.timer ??= setTimeout(() => this.#show(toolId, underway), showEveryMs);
    });
    underway.waiting.push({ type: "ended", at: Date.now(), outcome });
    this.#show(toolId, underway);
    if (this.#underway.get(toolId) !== underway) return undefined;
    this.#underway.delete(toolId);
    return this.#runs.get(toolId);
  }

  #show(toolId: string, underway: Underway): void {
    clearTimeout(underway.timer);
    underway.timer = undefined;
    const run = this.#runs.get(toolId);
    // A later run of the tool has taken the place.
    if (!run || this.#underway.get(toolId) !== underway) return;
    this.#set(toolId, underway.waiting.splice(0).reduce(advanced, run));
  }

  #set(toolId: string, run: Run): void {
    this.#runs.set(toolId, run);
    for (const listener of this.#listeners) listener();
  }
}

export const runs = new Runs();

export const useRun = (toolId: string): Run | undefined =>
  useSyncExternalStore(runs.subscribe, () => runs.of(toolId));
