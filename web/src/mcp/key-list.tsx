import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useRef, useState } from "react";
import type { ApiKey } from "../../../shared/contracts/teams";
import { meQuery } from "../shell/queries";
import { keysQuery } from "../teams/queries";
import { Badge } from "../ui/badge";
import { Button, ButtonLink } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ForeignName } from "../ui/foreign";
import { Section } from "../ui/page";
import { RelativeTime } from "../ui/time";
import { clients as clientWords } from "../words/clients";
import { InlineFacts } from "./inline-facts";
import { ListPanel } from "./list-panel";
import { useRevokeKey } from "./revoke-key";

const { keys: say } = clientWords;

export function KeyList({
  newest,
  onRevoked,
}: {
  newest: string | undefined;
  onRevoked: (id: string) => void;
}) {
  const { data: me } = useSuspenseQuery(meQuery);
  const keys = useInfiniteQuery(keysQuery);
  const [asked, setAsked] = useState<ApiKey>();
  const [open, setOpen] = useState(false);
  const revoke = useRevokeKey(onRevoked);
  const heading = useRef<HTMLSpanElement>(null);
  return (
    <Section
      title={
        <span ref={heading} tabIndex={-1} className="outline-none">
          {say.title}
        </span>
      }
      actions={
        <ButtonLink to="/keys" size="small" className="min-h-9">
          {say.all}
        </ButtonLink>
      }
    >
      <ListPanel
        list={keys}
        icon={<KeyRound aria-hidden className="size-5 shrink-0 text-muted" />}
        empty={say.empty}
        row={(key) => (
          <li key={key.id} className="flex min-w-0 items-center gap-3 px-4 py-3">
            <div className="min-w-0 flex-1">
              <h3 className="flex flex-wrap items-center gap-2 text-sm">
                <ForeignName>{key.name}</ForeignName>
                {key.id === newest ? <Badge tone="success">{say.newest}</Badge> : null}
              </h3>
              <InlineFacts
                facts={[
                  [say.prefix, <code key="prefix">{key.prefix}…</code>],
                  [say.owner, key.personId === me.person.id ? say.you : say.somebody],
                  [say.created, <RelativeTime key="created" at={key.createdAt} />],
                ]}
              />
            </div>
            <Button
              size="small"
              aria-label={say.revokeWhat(key.name)}
              onClick={() => {
                setAsked(key);
                setOpen(true);
              }}
            >
              {say.revoke}
            </Button>
          </li>
        )}
      />
      {asked ? (
        <ConfirmDialog
          open={open}
          onClose={() => setOpen(false)}
          title={say.ask(asked.name)}
          description={say.consequence}
          confirm={say.revoke}
          danger
          onConfirm={() => {
            setOpen(false);
            revoke.mutate(asked);
            // The button that opened the dialog goes with its key.
            setTimeout(() => heading.current?.focus());
          }}
        />
      ) : null}
    </Section>
  );
}
