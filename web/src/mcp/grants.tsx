import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useRef, useState } from "react";
import type { ClientGrant } from "../../../shared/contracts/grants";
import { api, done } from "../client";
import { connectionNamesQuery } from "../connections/queries";
import { scopesInWords } from "../keys/scopes";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ForeignIcon, ForeignName, plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { Section } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { connectionsInWords } from "./connections-in-words";
import { InlineFacts } from "./inline-facts";
import { ListPanel } from "./list-panel";
import { grantsQuery } from "./queries";

const { grants: say } = words.keys;

/** The clients that somebody let in: each can be cut off. */
export function Grants() {
  const list = useInfiniteQuery(grantsQuery);
  const queries = useQueryClient();
  const heading = useRef<HTMLSpanElement>(null);
  const [asked, setAsked] = useState<ClientGrant>();
  const cutOff = useMutation({
    mutationFn: ({ id }: ClientGrant) =>
      done(api.v1["client-grants"][":id"].$delete({ param: { id } })),
    onSuccess: async (_, { client }) => {
      setAsked(undefined);
      await queries.invalidateQueries({ queryKey: queryKeys.grants });
      heading.current?.focus();
      notify({ tone: "success", title: say.done(plainLine(client.name, 80)) });
    },
  });
  return (
    <Section
      title={
        <span ref={heading} tabIndex={-1} className="outline-none">
          {say.title}
        </span>
      }
    >
      <p className="text-sm text-muted">{say.hint}</p>
      <ListPanel
        list={list}
        icon={<ShieldCheck aria-hidden className="size-5 shrink-0 text-muted" />}
        empty={say.empty}
        row={(grant) => (
          <GrantRow
            key={grant.id}
            grant={grant}
            onCutOff={() => {
              cutOff.reset();
              setAsked(grant);
            }}
          />
        )}
      />
      {asked ? (
        <ConfirmDialog
          open
          danger
          onClose={() => setAsked(undefined)}
          title={say.ask(plainLine(asked.client.name, 80))}
          description={say.why}
          confirm={say.cutOff}
          busy={cutOff.isPending}
          onConfirm={() => cutOff.mutate(asked)}
        >
          {cutOff.error ? <ErrorNote error={cutOff.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}

function GrantRow({ grant, onCutOff }: { grant: ClientGrant; onCutOff: () => void }) {
  const { client, person, scopes, connections, createdAt, lastSeen, you } = grant;
  const names = useQuery(connectionNamesQuery).data?.items;
  return (
    <li className="flex min-w-0 items-center gap-3 px-4 py-3">
      <ForeignIcon name={client.name} className="size-9 self-start" />
      <div className="min-w-0 flex-1">
        <h3 className="text-sm wrap-anywhere">
          <ForeignName>{client.name}</ForeignName>
        </h3>
        <InlineFacts
          facts={[
            [
              say.who,
              you ? say.you : person ? <ForeignName>{person.name}</ForeignName> : say.nobody,
            ],
            [say.may, scopesInWords(scopes)],
            [say.connections, <bdi>{connectionsInWords(connections, names)}</bdi>],
            [say.lastSeen, lastSeen === null ? say.never : <RelativeTime at={lastSeen.at} />],
            [say.since, <RelativeTime at={createdAt} />],
            [say.returnsTo, <ForeignName>{client.redirectHost}</ForeignName>],
          ]}
        />
      </div>
      <Button
        size="small"
        aria-label={say.cutOffWhat(plainLine(client.name, 80))}
        onClick={onCutOff}
      >
        {say.cutOff}
      </Button>
    </li>
  );
}
