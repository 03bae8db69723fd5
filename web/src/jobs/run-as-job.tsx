import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import type { CreatedJob } from "../../../shared/contracts/jobs";
import type { Tool } from "../../../shared/contracts/tools";
import type { JsonObject } from "../../../shared/json";
import { queryKeys } from "../query-keys";
import { isDestructive } from "../tools/use-run-tool";
import { Button, ButtonLink } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";
import { Checkbox, Field, Input } from "../ui/field";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { jobs as say } from "../words/jobs";
import { createJob } from "./requests";

const text = say.begin;

/** Whether it can be a callback's URL; the hub looks more closely. */
const isUrl = (url: string): boolean => /^https?:\/\/[^/]+/i.test(url) && URL.canParse(url);

/** Begins a call as a job, and leads to it. */
export function RunAsJob({
  tool,
  title,
  args,
  onBegin,
  onClose,
}: {
  tool: Tool;
  title: string;
  args: JsonObject;
  onBegin: () => void;
  onClose: () => void;
}) {
  const form = useId();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [notifies, setNotifies] = useState(false);
  const [url, setUrl] = useState("");
  const [checked, setChecked] = useState(false);
  // Pressed again after a broken line, it is the same job.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const callback = url.trim();
  const fault = callback !== "" && !isUrl(callback) ? text.callbackFault : undefined;
  const begin = useMutation({
    mutationFn: () =>
      createJob(
        {
          toolId: tool.id,
          arguments: args,
          notify: notifies,
          ...(callback === "" ? {} : { callback: { url: callback } }),
        },
        key,
      ),
    onSuccess: (job) => {
      onBegin();
      void queries.invalidateQueries({ queryKey: queryKeys.jobs });
      if (job.callbackSecret !== undefined) return;
      onClose();
      notify({ tone: "success", title: text.begun(title) });
      void navigate({ to: "/jobs/$id", params: { id: job.id } });
    },
  });
  if (begin.data?.callbackSecret !== undefined)
    return <Secret job={begin.data} secret={begin.data.callbackSecret} onClose={onClose} />;
  return (
    <Dialog
      open
      onClose={onClose}
      title={text.title(title)}
      description={text.description}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button
            type="submit"
            form={form}
            look={isDestructive(tool) ? "danger" : "primary"}
            busy={begin.isPending}
          >
            {text.confirm}
          </Button>
        </>
      }
    >
      {isDestructive(tool) ? (
        <p className="text-sm text-warning">{words.playground.run.confirm.description}</p>
      ) : null}
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (!fault && !begin.isPending) begin.mutate();
        }}
      >
        <Checkbox
          label={text.notify}
          checked={notifies}
          onChange={({ target }) => {
            setNotifies(target.checked);
            setKey(crypto.randomUUID());
          }}
        />
        <Field label={text.callback} hint={text.callbackHint} error={checked ? fault : undefined}>
          {(control) => (
            <Input
              {...control}
              type="url"
              inputMode="url"
              autoComplete="off"
              maxLength={2000}
              value={url}
              onChange={({ target }) => {
                setUrl(target.value);
                setKey(crypto.randomUUID());
              }}
            />
          )}
        </Field>
      </form>
      {begin.error ? <ErrorNote error={begin.error} /> : null}
    </Dialog>
  );
}

/** What the callback is signed with, which is shown this once. */
const Secret = ({
  job,
  secret,
  onClose,
}: {
  job: CreatedJob;
  secret: string;
  onClose: () => void;
}) => (
  <Dialog
    open
    lasting
    onClose={onClose}
    title={text.secretTitle}
    description={text.secret}
    actions={
      <>
        <Button onClick={onClose}>{words.common.close}</Button>
        <ButtonLink to="/jobs/$id" params={{ id: job.id }} look="primary">
          {text.see}
        </ButtonLink>
      </>
    }
  >
    <CodeBlock code={secret} label={text.secretLabel} />
  </Dialog>
);
