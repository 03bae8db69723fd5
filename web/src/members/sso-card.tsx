import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState, type ReactNode } from "react";
import type { SsoProvider } from "../../../shared/contracts/sso";
import { answer, api, done } from "../client";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { Panel } from "../ui/page";
import { Skeleton } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { CopiedText } from "./copied-text";
import { ssoQuery } from "./queries";

const say = words.team.sso;
const SsoDialog = lazy(() =>
  import("./sso-dialog").then(({ SsoDialog }) => ({ default: SsoDialog })),
);

/** The team's own identity provider: its people come in through it, once the domain is shown to be theirs. */
export function SsoCard() {
  const sso = useQuery(ssoQuery);
  const [open, setOpen] = useState(false);
  const provider = sso.data?.provider;
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base">{say.title}</h2>
      <Panel className="flex flex-col gap-4 p-5">
        <p className="text-sm text-muted">{say.why}</p>
        {sso.error && !sso.data ? (
          <ErrorNote error={sso.error} retry={() => void sso.refetch()} />
        ) : null}
        {sso.isPending ? <Skeleton className="h-9.5 w-40" /> : null}
        {provider === null ? (
          <div>
            <Button onClick={() => setOpen(true)}>{say.setUp}</Button>
          </div>
        ) : null}
        {sso.data && provider ? (
          <Provider
            provider={provider}
            redirectUri={sso.data.redirectUri}
            onEdit={() => setOpen(true)}
          />
        ) : null}
      </Panel>
      <Suspense>
        {open && sso.data ? <SsoDialog state={sso.data} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </section>
  );
}

function Provider({
  provider,
  redirectUri,
  onEdit,
}: {
  provider: SsoProvider;
  redirectUri: string;
  onEdit: () => void;
}) {
  const { domain, domainVerifiedAt, issuer, dns } = provider;
  const queries = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const verify = useMutation({
    mutationFn: () => answer(api.v1.team.sso["verify-domain"].$post()),
    onSuccess: (state) => {
      queries.setQueryData(ssoQuery.queryKey, state);
      if (state.provider?.domainVerifiedAt)
        notify({ tone: "success", title: say.verified(domain) });
    },
  });
  const remove = useMutation({
    mutationFn: () => done(api.v1.team.sso.$delete()),
    onSuccess: async () => {
      setRemoving(false);
      await queries.invalidateQueries({ queryKey: ssoQuery.queryKey });
      notify({ tone: "success", title: say.removed });
    },
  });
  return (
    <>
      <dl className="grid gap-x-4 gap-y-1.5 text-sm sm:grid-cols-[8.5rem_minmax(0,1fr)]">
        <Fact name={say.domain}>
          <span className="flex flex-wrap items-center gap-2">
            <bdi>{plainLine(domain, 253)}</bdi>
            <Badge tone={domainVerifiedAt === null ? "warning" : "success"}>
              {domainVerifiedAt === null ? say.notShown : say.shown}
            </Badge>
          </span>
        </Fact>
        <Fact name={say.issuer}>
          <bdi>{plainLine(issuer, 500)}</bdi>
        </Fact>
        <Fact name={say.redirectUri}>
          <CopiedText text={redirectUri} label={say.redirectUri} />
        </Fact>
      </dl>
      {domainVerifiedAt === null ? (
        <div className="flex flex-col gap-2 rounded-lg bg-raised p-3.5 text-sm">
          <p>{say.dnsHow}</p>
          <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[5rem_minmax(0,1fr)]">
            <Fact name={say.dnsName}>
              <CopiedText text={dns.name} label={say.dnsName} />
            </Fact>
            <Fact name={say.dnsText}>
              <CopiedText text={dns.text} label={say.dnsText} />
            </Fact>
          </dl>
        </div>
      ) : null}
      {verify.error ? <ErrorNote error={verify.error} /> : null}
      <div className="flex flex-wrap gap-2">
        {domainVerifiedAt === null ? (
          <Button look="primary" busy={verify.isPending} onClick={() => verify.mutate()}>
            {say.verify}
          </Button>
        ) : null}
        <Button onClick={onEdit}>{say.edit}</Button>
        <Button look="quiet" onClick={() => setRemoving(true)}>
          {say.remove}
        </Button>
      </div>
      {removing ? (
        <ConfirmDialog
          open
          danger
          onClose={() => setRemoving(false)}
          title={say.removeTitle}
          description={say.removeWhy}
          confirm={say.remove}
          busy={remove.isPending}
          onConfirm={() => remove.mutate()}
        >
          {remove.error ? <ErrorNote error={remove.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </>
);
