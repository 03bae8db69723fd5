import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey, CreatedApiKey } from "../../../shared/contracts/teams";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { ConfirmDialog } from "../ui/dialog";
import { Field, Select } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { ErrorNote } from "../ui/states";
import { absoluteTime } from "../ui/time";
import { words } from "../words";
import { ShownOnce } from "./shown-once";

const say = words.keys.rotation;
const hourMs = 3_600_000;

export function RotateKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const queries = useQueryClient();
  const [hours, setHours] = useState("24");
  const [opened] = useState(Date.now);
  const [made, setMade] = useState<CreatedApiKey>();
  const rotate = useMutation({
    gcTime: 0,
    mutationFn: () =>
      answer(
        api.v1["api-keys"][":id"].rotate.$post({
          param: { id: apiKey.id },
          json: { overlapHours: Number(hours) },
        }),
      ),
    onSuccess: (key) => {
      setMade(key);
      announce(words.keys.shown.announced);
      return queries.invalidateQueries({ queryKey: queryKeys.apiKeys });
    },
  });
  const name = plainLine(apiKey.name, 80);
  if (made)
    return (
      <ShownOnce label={words.keys.shown.label(name)} secret={made.apiKey} onClose={onClose} />
    );
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={say.title(name)}
      description={say.why}
      confirm={say.confirm}
      busy={rotate.isPending}
      onConfirm={() => rotate.mutate()}
    >
      <Field
        label={say.overlap}
        hint={
          hours === "0" ? say.noOverlap : say.until(absoluteTime(opened + Number(hours) * hourMs))
        }
      >
        {(control) => (
          <Select {...control} value={hours} onChange={({ target }) => setHours(target.value)}>
            {Object.entries(say.hours).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {rotate.error ? <ErrorNote error={rotate.error} /> : null}
    </ConfirmDialog>
  );
}
