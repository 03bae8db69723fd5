import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import type { Connector } from "../../../shared/contracts/connectors";
import { ApiError } from "../client";
import { httpsUrl } from "../connections/address";
import { connectionNamesQuery } from "../connections/queries";
import { useMay } from "../shell/use-may";
import { ButtonLink } from "../ui/button";
import { Page } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorState } from "../ui/states";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import { freeName, startDraft, type Draft } from "./draft";
import { InitialsTile } from "./initials-tile";
import { typedInto } from "./kept";
import { McpSetup } from "./mcp-setup";
import { ownersFor } from "./owner-choice";
import { connectorQuery } from "./queries";
import { Setup } from "./setup";
import { OutLink } from "./where";

const say = connectWords;

const ToChooser = () => (
  <Link
    to="/connections/new"
    className="inline-flex min-h-7 items-center gap-1.5 self-start text-sm text-muted hover:text-ink"
  >
    <ArrowLeft aria-hidden className="size-4" />
    {say.all}
  </Link>
);

/** A connector has been chosen. */
export function SetupPage({ id }: { id: string }) {
  const owners = ownersFor({
    write: useMay("connections.write"),
    own: useMay("connections.own"),
  });
  if (id === "mcp")
    return (
      <Page
        title={say.mcp.title}
        above={<ToChooser />}
        description={words.connections.addPage.description}
      >
        <div className="w-full max-w-2xl">
          <McpSetup owners={owners} />
        </div>
      </Page>
    );
  return <VendorPage id={id} owners={owners} />;
}

function VendorPage({ id, owners }: { id: string; owners: ReturnType<typeof ownersFor> }) {
  const connector = useQuery(connectorQuery(id));
  const names = useQuery(connectionNamesQuery);
  const { data } = connector;
  if (!data || names.isPending)
    return (
      <Page title={connectWords.title} above={<ToChooser />}>
        <NotThere error={connector.error} retry={() => void connector.refetch()} />
      </Page>
    );
  const first = (): Draft => {
    const taken = names.data?.items.map(({ name }) => name) ?? [];
    const fresh = startDraft(data, {
      name: freeName(data.name, taken),
      owner: owners[0] ?? "team",
    });
    return { ...fresh, ...typedInto({ connector: id }).draft };
  };
  return (
    <Page title={say.setup.title(data.name)} above={<ToChooser />}>
      <Narrow>
        <About connector={data} />
        <Setup connector={data} first={first} owners={owners} />
      </Narrow>
    </Page>
  );
}

export const Narrow = ({ children }: { children: ReactNode }) => (
  <div className="flex w-full max-w-2xl flex-col gap-5">{children}</div>
);

/** What is being connected, and where it is described. */
export function About({
  connector: { name, category, description, docsUrl },
}: {
  connector: Connector;
}) {
  const docs = httpsUrl(docsUrl);
  return (
    <div className="flex items-start gap-3">
      <InitialsTile name={name} category={category} />
      <p className="min-w-0 self-center text-sm text-muted wrap-anywhere">
        {description} {docs ? <OutLink url={docs}>{say.setup.docs}</OutLink> : null}
      </p>
    </div>
  );
}

/** On its way, unknown, or not to be had. */
export function NotThere({ error, retry }: { error: Error | null; retry: () => void }) {
  if (error instanceof ApiError && error.code === "not_found")
    return (
      <EmptyState
        icon={<SearchX className="size-6" />}
        title={say.setup.unknown}
        actions={
          <ButtonLink to="/connections/new" look="primary">
            {say.choose.showAll}
          </ButtonLink>
        }
      >
        <p>{say.setup.unknownHint}</p>
      </EmptyState>
    );
  return error ? (
    <ErrorState error={error} retry={retry} />
  ) : (
    <SkeletonRows rows={3} className="h-24" />
  );
}
