import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { words } from "../words";
import { life } from "../words/connection-life";
import { changeShown, showAnew, shownConnection } from "./cache";

const said = words.connections;

/** What can be done with one connection at once. Each has its own state, so that what fails is told beside it. */
export function useConnectionActions(connection: Connection) {
  const { id } = connection;
  const name = plainLine(connection.name, 80);
  const queries = useQueryClient();
  const readAnew = () => queries.invalidateQueries({ queryKey: queryKeys.connections });

  const test = useMutation({
    mutationFn: () => answer(api.v1.connections[":id"].test.$post({ param: { id } })),
    onMutate: (): void => {
      sync.reset();
      refresh.reset();
    },
    onSettled: readAnew,
  });
  const sync = useMutation({
    mutationFn: () => answer(api.v1.connections[":id"].sync.$post({ param: { id } })),
    onMutate: (): void => test.reset(),
    onSuccess: (synced) => {
      showAnew(queries, synced);
      notify({
        tone: "success",
        title: said.syncedTitle,
        description: said.syncedWith(name, synced.counts),
      });
    },
    onSettled: readAnew,
  });
  const refresh = useMutation({
    mutationFn: () => answer(api.v1.connections[":id"].refresh.$post({ param: { id } })),
    onMutate: (): void => test.reset(),
    onSuccess: (refreshed) => {
      showAnew(queries, refreshed);
      notify({ tone: "success", title: life.refreshed, description: life.refreshedWhy(name) });
    },
    onSettled: readAnew,
  });
  const setDisabled = useMutation({
    mutationFn: (disabled: boolean) =>
      answer(api.v1.connections[":id"].$patch({ param: { id }, json: { disabled } })),
    onMutate: async (disabled) => {
      await queries.cancelQueries({ queryKey: queryKeys.connections });
      const before = shownConnection(queries, id)?.status ?? connection.status;
      changeShown(queries, id, (shown) => ({
        ...shown,
        status: disabled ? "disabled" : "connected",
      }));
      return before;
    },
    onError: (_error, _disabled, before) => {
      if (before) changeShown(queries, id, (shown) => ({ ...shown, status: before }));
    },
    onSuccess: (changed, disabled) => {
      showAnew(queries, changed);
      notify({
        ...outcomeOf(name, changed),
        action: { label: said.actions.undo, run: () => setDisabled.mutate(!disabled) },
      });
    },
    onSettled: readAnew,
  });
  /** What failed just now is told where it was done: the stored error would say it twice. */
  const tellsError = test.data?.ok === false || sync.error !== null || refresh.error !== null;
  return { test, sync, refresh, setDisabled, tellsError };
}

export type ConnectionActions = ReturnType<typeof useConnectionActions>;

function outcomeOf(name: string, { status, lastError }: Connection) {
  if (status === "needs_reauth" || status === "pending" || status === "revoked")
    return { title: life.enabledWaits(name) } as const;
  if (status === "disabled")
    return { title: said.disabled(name), description: said.disabledThen } as const;
  if (status === "error")
    return {
      tone: "danger",
      title: said.enabledUnreached(name),
      ...(lastError ? { description: plainLine(lastError.message, 300) } : {}),
    } as const;
  return { tone: "success", title: said.enabled(name), description: said.enabledThen } as const;
}
