import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { ApiKey } from "../../../shared/contracts/teams";
import { useRevokeKey } from "../mcp/revoke-key";
import { meQuery } from "../shell/queries";
import { useMay } from "../shell/use-may";
import { keysQuery } from "../teams/queries";
import { Button, ButtonLink } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { plainLine } from "../ui/foreign";
import { LoadMore } from "../ui/load-more";
import { Page, Panel } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { KeyRow, type KeyAction } from "./key-row";

const say = words.keys;
const Make = lazy(() =>
  import("./make-key-dialog").then(({ MakeKeyDialog }) => ({ default: MakeKeyDialog })),
);
const Edit = lazy(() =>
  import("./edit-key-dialog").then(({ EditKeyDialog }) => ({ default: EditKeyDialog })),
);
const Rotate = lazy(() =>
  import("./rotate-key-dialog").then(({ RotateKeyDialog }) => ({ default: RotateKeyDialog })),
);

export function KeysPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const mayMake = useMay("keys.write");
  const list = useInfiniteQuery(keysQuery);
  const [making, setMaking] = useState(false);
  const [asked, setAsked] = useState<{ about: ApiKey; what: KeyAction }>();
  const revoke = useRevokeKey(() => undefined);
  const panel = useRef<HTMLDivElement>(null);
  const close = () => setAsked(undefined);
  const keys = list.data?.pages.flatMap(({ items }) => items);
  const make = (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setMaking(true)}
    >
      {say.make}
    </Button>
  );
  return (
    <Page
      title={say.title}
      description={say.description}
      actions={mayMake && keys?.length ? make : null}
    >
      {list.error && !keys ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.error && keys && !list.isFetchNextPageError ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={4} className="h-21" /> : null}
      {keys?.length === 0 ? (
        <EmptyState
          icon={<KeyRound className="size-6" />}
          title={say.empty}
          actions={
            mayMake ? (
              <>
                <ButtonLink to="/clients">{say.toClients}</ButtonLink>
                {make}
              </>
            ) : null
          }
        >
          <p>{mayMake ? say.emptyHint : say.noneOfYours}</p>
        </EmptyState>
      ) : null}
      {keys?.length ? (
        <div ref={panel} tabIndex={-1} className="rounded-xl outline-none">
          <Panel>
            <ul className="divide-y divide-line">
              {keys.map((key) => (
                <KeyRow
                  key={key.id}
                  apiKey={key}
                  isMine={key.personId === me.person.id}
                  onAsk={(what) => setAsked({ about: key, what })}
                />
              ))}
            </ul>
          </Panel>
        </div>
      ) : null}
      <LoadMore list={list} />
      <Suspense>
        {making ? <Make onClose={() => setMaking(false)} /> : null}
        {asked?.what === "edit" ? <Edit apiKey={asked.about} onClose={close} /> : null}
        {asked?.what === "rotate" ? <Rotate apiKey={asked.about} onClose={close} /> : null}
      </Suspense>
      {asked?.what === "revoke" ? (
        <ConfirmDialog
          open
          danger
          onClose={close}
          title={say.revocation.title(plainLine(asked.about.name, 80))}
          description={say.revocation.why}
          confirm={say.revocation.confirm}
          onConfirm={() => {
            close();
            revoke.mutate(asked.about);
            // The row that had the focus goes with its key.
            setTimeout(() => panel.current?.focus());
          }}
        />
      ) : null}
    </Page>
  );
}
