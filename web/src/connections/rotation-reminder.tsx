import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Connection } from "../../../shared/contracts/connections";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { Field, Select } from "../ui/field";
import { notify } from "../ui/notify";
import { Panel } from "../ui/page";
import { RelativeTime } from "../ui/time";
import { life } from "../words/connection-life";
import { ActionFailure } from "./action-failure";
import { showAnew } from "./cache";

const say = life.signIn;
const usual = [30, 60, 90, 180, 365];

/** After how many days somebody is reminded to replace the credential. */
export function RotationReminder({ connection }: { connection: Connection }) {
  const { id, auth } = connection;
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (rotateEveryDays: number | null) =>
      answer(api.v1.connections[":id"].$patch({ param: { id }, json: { rotateEveryDays } })),
    onSuccess: (changed) => {
      showAnew(queries, changed);
      notify({ tone: "success", title: say.saved });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.connections }),
  });
  const every = save.isPending ? save.variables : auth.rotateEveryDays;
  const choices = [...new Set([...usual, ...(every === null ? [] : [every])])].sort(
    (one, other) => one - other,
  );
  const due = auth.rotationDueAt;
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base">{say.rotation}</h2>
      <Panel className="flex flex-col gap-3 p-5">
        <Field label={say.every} hint={say.rotationWhy}>
          {(control) => (
            <Select
              {...control}
              value={every ?? ""}
              disabled={save.isPending}
              className="sm:max-w-56"
              onChange={({ target }) =>
                save.mutate(target.value === "" ? null : Number(target.value))
              }
            >
              <option value="">{say.never}</option>
              {choices.map((days) => (
                <option key={days} value={days}>
                  {say.days(days)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {due === null || save.isPending ? null : (
          <p className={`text-sm ${due <= Date.now() ? "text-warning" : "text-muted"}`}>
            {due <= Date.now() ? say.overdue : say.due} <RelativeTime at={due} />
          </p>
        )}
        {save.error ? <ActionFailure error={save.error} /> : null}
      </Panel>
    </section>
  );
}
