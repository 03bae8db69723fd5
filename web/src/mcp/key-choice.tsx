import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound, TriangleAlert } from "lucide-react";
import type { CreatedApiKey } from "../../../shared/contracts/teams";
import { answer, api } from "../client";
import { queryKeys } from "../query-keys";
import { announce } from "../shell/announcer";
import { meQuery } from "../shell/queries";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { ErrorNote } from "../ui/states";
import { clients as clientWords } from "../words/clients";
import { keyPlaceholder } from "./configs";

const { key: say } = clientWords;

/** A key of the client's own, shown once; or the reader's, which never comes to this page. */
export function KeyChoice({
  keyName,
  called,
  hasPlaceholder,
  made,
  onMade,
}: {
  keyName: string;
  called: string;
  /** Whether the steps have a place where a key of the reader's goes. */
  hasPlaceholder: boolean;
  made: CreatedApiKey | undefined;
  onMade: (key: CreatedApiKey) => void;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const queries = useQueryClient();
  const create = useMutation({
    gcTime: 0,
    mutationFn: () => answer(api.v1["api-keys"].$post({ json: { name: keyName } })),
    onSuccess: (key) => {
      onMade(key);
      announce(say.announced);
      return queries.invalidateQueries({ queryKey: queryKeys.apiKeys });
    },
  });
  const allowed = me.permissions.includes("keys.write");
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <h2 className="text-base">{say.title}</h2>
      {made ? (
        <div className="flex min-w-0 flex-col gap-2">
          <p className="text-sm font-medium wrap-anywhere">{say.made(made.name)}</p>
          <CodeBlock code={made.apiKey} label={say.made(made.name)} />
          <p className="flex items-start gap-2 rounded-lg bg-warning-soft p-2.5 text-[0.8125rem] text-warning">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>
              {say.once} {say.inSteps}
            </span>
          </p>
        </div>
      ) : (
        <p className="text-sm text-muted">{say.hint}</p>
      )}
      {create.error ? <ErrorNote error={create.error} /> : null}
      <div>
        <Button
          look={made ? "secondary" : "primary"}
          size={made ? "small" : "medium"}
          icon={<KeyRound aria-hidden className="size-4" />}
          busy={create.isPending}
          disabled={!allowed}
          onClick={() => create.mutate()}
        >
          {made ? say.another : say.create(called)}
        </Button>
      </div>
      {made ? null : (
        <p className="text-[0.8125rem] text-muted">
          {!allowed ? say.notAllowed : hasPlaceholder ? say.haveWhere(keyPlaceholder) : say.have}
        </p>
      )}
    </div>
  );
}
