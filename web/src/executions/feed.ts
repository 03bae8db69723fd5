import { queryOptions } from "@tanstack/react-query";
import type { Execution } from "../../../shared/contracts/executions";
import type { LiveMessage } from "../../../shared/contracts/live";
import type { Page } from "../../../shared/contracts/pages";
import { LiveList, type ListState } from "../live-list/live-list";
import { keptList } from "../live-list/use-live-list";
import { filtersOf, listKeyOf, withoutSelected, type Filters } from "./filters";
import { LoadedExecutions, type Change } from "./loaded-executions";
import { progressOf } from "./progress";
import { listPage, listPageSize } from "./queries";
import type { ActivitySearch } from "./search";

/** A list that grew longer than this begins anew when nobody reads in it. */
const longest = 150_000;

/** The list of calls: what a live message tells of one is all there is to know. */
export class Feed extends LiveList<ActivitySearch, Filters, Execution> {
  readonly executions: LoadedExecutions;
  #pending = new Map<string, Change>();

  constructor() {
    const executions = new LoadedExecutions();
    super(
      { rows: executions, pageSize: listPageSize, keyOf: listKeyOf, filtersOf, page: listPage },
      {},
    );
    this.executions = executions;
  }

  override show(search: ActivitySearch): void {
    super.show(withoutSelected(search));
  }

  protected hear(message: LiveMessage): void {
    if (message.type !== "event" || !message.execution) return;
    const { execution, event } = message;
    const progress = progressOf(event) ?? this.#pending.get(execution.id)?.progress;
    this.#pending.set(execution.id, { execution, progress });
    this.mergeSoon(this.#pending.size);
  }

  protected merge(): void {
    const { begun, failed } = this.executions.receive(this.#pending.values());
    this.#pending.clear();
    this.tally.count += begun;
    this.tally.failed += failed;
    if (this.executions.size > longest && !this.isPaused && !this.isScrolled)
      return void this.reload();
    this.publish();
  }

  protected rejoin(page: Page<Execution>, joins: boolean): void {
    if (!joins) return void this.reload();
    for (const execution of page.items) this.#pending.set(execution.id, { execution });
    this.mergeNow();
  }

  protected hold(): void {
    this.executions.hold(this.isPaused ? "everything" : this.isScrolled ? "new" : "nothing");
    if (this.executions.outdated && !this.isPaused && !this.isScrolled) return void this.reload();
    this.publish();
  }

  protected held(): Pick<ListState, "waiting" | "outdated"> {
    const { waiting, outdated } = this.executions;
    return { waiting, outdated };
  }
}

export const feedQuery = queryOptions({
  queryKey: ["activity-feed"],
  queryFn: () => new Feed(),
  initialData: () => new Feed(),
  ...keptList,
});
