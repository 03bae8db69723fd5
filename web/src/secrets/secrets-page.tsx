import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { KeySquare, Lock, Plus, SearchX } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { Secret } from "../../../shared/contracts/secrets";
import { useMay } from "../shell/use-may";
import { Button } from "../ui/button";
import { LoadMore } from "../ui/load-more";
import { Page, Panel } from "../ui/page";
import { SearchInput } from "../ui/search-input";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorNote, ErrorState } from "../ui/states";
import { words } from "../words";
import { secrets as secretWords } from "../words/secrets";
import { DeleteSecret } from "./delete-secret";
import { secretsQuery } from "./queries";
import { SecretRow, type SecretAction } from "./secret-row";
import { VaultCard } from "./vault-card";

const say = secretWords;
const SecretDialog = lazy(() =>
  import("./secret-dialog").then((code) => ({ default: code.SecretDialog })),
);

export function SecretsPage() {
  const mayRead = useMay("secrets.read");
  if (mayRead) return <Secrets />;
  return (
    <Page title={say.title}>
      <EmptyState icon={<Lock className="size-6" />} title={words.noPermission.title} />
    </Page>
  );
}

function Secrets() {
  const mayWrite = useMay("secrets.write");
  const mayManage = useMay("team.manage");
  const { q = "" } = useSearch({ from: "/shell/secrets" });
  const navigate = useNavigate({ from: "/secrets" });
  const show = (text: string) =>
    void navigate({ search: text === "" ? {} : { q: text }, replace: true });
  const list = useInfiniteQuery(secretsQuery(q));
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<{ about: Secret; what: SecretAction }>();
  const panel = useRef<HTMLDivElement>(null);
  const close = () => setAsked(undefined);
  const secrets = list.data?.pages.flatMap(({ items }) => items);
  const nothing = secrets?.length === 0;
  const add = (
    <Button
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setAdding(true)}
    >
      {say.add}
    </Button>
  );
  // Not before it is known where it stands: whoever presses it while it moves would press nothing.
  const addsAbove = q !== "" || (secrets !== undefined && !nothing);
  return (
    <Page
      title={say.title}
      description={say.description}
      actions={mayWrite && addsAbove ? add : null}
    >
      {nothing && q === "" ? null : (
        <SearchInput label={say.search} value={q} onChange={show} className="sm:max-w-sm" />
      )}
      {list.error && !secrets ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.error && secrets && !list.isFetchNextPageError ? (
        <ErrorNote error={list.error} retry={() => void list.refetch()} />
      ) : null}
      {list.isPending ? <SkeletonRows rows={4} className="h-21" /> : null}
      {nothing && q === "" ? (
        <EmptyState
          icon={<KeySquare className="size-6" />}
          title={say.empty}
          actions={mayWrite ? add : null}
        >
          <p>{mayWrite ? say.emptyHint : say.noneForYou}</p>
        </EmptyState>
      ) : null}
      {nothing && q !== "" ? (
        <EmptyState
          icon={<SearchX className="size-6" />}
          title={say.noMatch}
          actions={<Button onClick={() => show("")}>{say.clearSearch}</Button>}
        >
          <p>{say.noMatchHint}</p>
        </EmptyState>
      ) : null}
      {secrets?.length ? (
        <div ref={panel} tabIndex={-1} className="rounded-xl outline-none">
          <Panel>
            <ul className="divide-y divide-line">
              {secrets.map((secret) => (
                <SecretRow
                  key={secret.id}
                  secret={secret}
                  mayWrite={mayWrite}
                  onAsk={(what) => setAsked({ about: secret, what })}
                />
              ))}
            </ul>
          </Panel>
        </div>
      ) : null}
      <LoadMore list={list} />
      {mayManage ? <VaultCard /> : null}
      <Suspense>
        {adding ? <SecretDialog what="add" onClose={() => setAdding(false)} /> : null}
        {asked && asked.what !== "delete" ? (
          <SecretDialog what={asked.what} secret={asked.about} onClose={close} />
        ) : null}
      </Suspense>
      {asked?.what === "delete" ? (
        <DeleteSecret
          secret={asked.about}
          onClose={() => {
            close();
            // The row that had the focus may be gone.
            setTimeout(() => panel.current?.focus());
          }}
        />
      ) : null}
    </Page>
  );
}
