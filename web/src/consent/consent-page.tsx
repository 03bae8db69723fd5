import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearch } from "@tanstack/react-router";
import { useEffect, useState, type ReactNode } from "react";
import { ApiError } from "../client";
import { accountQuery } from "../shell/queries";
import { ToSignIn } from "../shell/to-sign-in";
import { useTitle } from "../shell/title";
import { Logo } from "../shell/logo";
import { Announcer } from "../shell/announcer";
import { Button } from "../ui/button";
import { Panel } from "../ui/page";
import { Skeleton } from "../ui/skeleton";
import { ErrorDescription } from "../ui/states";
import { consent as consentWords } from "../words/consent";
import { ConsentForm } from "./consent-form";
import { leaveFor } from "./leave";
import { consentQuery } from "./queries";

const say = consentWords;

const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.code === "unauthorized";

/** Where an AI client sends its person to ask for access. It stands by itself: nothing of a team is shown around it. */
export function ConsentPage() {
  const { request } = useSearch({ from: "/consent" });
  const { href } = useLocation();
  useTitle(say.windowTitle);
  const asked = useQuery({ ...consentQuery(request ?? ""), enabled: request !== undefined });
  const account = useQuery({ ...accountQuery, enabled: request !== undefined });
  const [badReturn, setBadReturn] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const leave = (redirectTo: string) => {
    if (leaveFor(redirectTo)) setLeaving(true);
    else setBadReturn(true);
  };
  const redirect = asked.data && "redirectTo" in asked.data ? asked.data.redirectTo : undefined;
  useEffect(() => {
    if (redirect !== undefined) leave(redirect);
  }, [redirect]);

  if (request === undefined) return <Failed>{say.noQuery}</Failed>;
  if (badReturn) return <Failed>{say.badReturn}</Failed>;
  const error = asked.error ?? account.error;
  if ([asked.error, account.error].some(isSignedOut))
    return <ToSignIn meanwhile={<Waiting>{say.loading}</Waiting>} />;
  if (error)
    return (
      <Failed
        action={
          // What the client asked wrongly stays wrong.
          error instanceof ApiError && error.code === "invalid_input" ? null : (
            <Button
              onClick={() => {
                void asked.refetch();
                void account.refetch();
              }}
            >
              {say.startAgain}
            </Button>
          )
        }
      >
        <ErrorDescription error={error} />
        <p className="text-sm text-muted">{say.failedHint}</p>
      </Failed>
    );
  if (leaving) return <Waiting>{say.leaving}</Waiting>;
  if (!asked.data || !account.data || "redirectTo" in asked.data)
    return <Waiting>{say.loading}</Waiting>;
  if (asked.data.teams.length === 0)
    return (
      <Failed
        action={
          <Link to="/" className="text-sm font-medium text-accent underline">
            {say.noTeamAction}
          </Link>
        }
      >
        {say.noTeam}
      </Failed>
    );
  return (
    <Card>
      <ConsentForm
        asked={asked.data}
        person={account.data.person}
        next={href}
        onLeave={leave}
        onStartAgain={() => void asked.refetch()}
      />
    </Card>
  );
}

const Card = ({ children }: { children: ReactNode }) => (
  <main className="grid min-h-dvh grid-cols-[minmax(0,30rem)] content-center justify-center p-4 py-8">
    <Panel className="flex flex-col gap-5 p-5 sm:p-8">{children}</Panel>
    <Announcer />
  </main>
);

const Failed = ({ action, children }: { action?: ReactNode; children: ReactNode }) => (
  <Card>
    <Logo className="size-10" />
    <h1 className="text-xl">{say.failedTitle}</h1>
    <div role="alert" className="flex flex-col gap-3">
      {children}
    </div>
    {action ? <div>{action}</div> : null}
  </Card>
);

const Waiting = ({ children }: { children: string }) => (
  <Card>
    <Logo className="size-10" />
    <h1 className="text-xl">{say.windowTitle}</h1>
    <p role="status" className="text-muted">
      {children} …
    </p>
    <Skeleton className="h-24 w-full rounded-xl" />
    <Skeleton className="h-40 w-full rounded-xl" />
  </Card>
);
