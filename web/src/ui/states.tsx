import { useRouter } from "@tanstack/react-router";
import { CircleAlert, Lock, RotateCw, SearchX, ShieldCheck, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { errors } from "../../../shared/errors";
import { isObject } from "../../../shared/json";
import { askForFactor } from "../account/step-up";
import { ApiError, NetworkError } from "../client";
import { words } from "../words";
import { Button, ButtonLink } from "./button";
import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";
import { ForeignText } from "./foreign-text";
import { Panel } from "./page";

type StateProps = { icon: ReactNode; title: string; children?: ReactNode; actions?: ReactNode };

/** Says why there is nothing here, and what to do next. */
export function EmptyState({ icon, title, children, actions }: StateProps) {
  return (
    <Panel className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <span
        aria-hidden
        className="grid size-12 place-items-center rounded-full bg-raised text-muted"
      >
        {icon}
      </span>
      <p className="text-base font-semibold">{title}</p>
      {children ? <div className="max-w-md text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </Panel>
  );
}

/** What went wrong, whose side it is on, what to do, and the id to report. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error instanceof NetworkError) return <Offline retry={retry} />;
  if (error instanceof ApiError && error.code === "forbidden")
    return <NoPermission error={error} />;
  if (error instanceof ApiError && error.code === "not_found")
    return <NotFound message={error.message} />;
  return (
    <EmptyState
      icon={<CircleAlert className="size-6 text-danger" />}
      title={words.errors.title}
      actions={retry ? <RetryButton retry={retry} error={error} /> : null}
    >
      <ErrorDescription error={error} centered />
    </EmptyState>
  );
}

/** The same in a line or two, where the rest of the page stands. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div
      role="alert"
      className="flex min-w-0 items-start gap-3 rounded-xl border border-danger/40 bg-danger-soft p-4"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <ErrorDescription error={error} />
      </div>
      {retry ? <RetryButton retry={retry} error={error} /> : null}
    </div>
  );
}

export function ErrorDescription({
  error,
  centered = false,
}: {
  error: unknown;
  centered?: boolean;
}) {
  if (error instanceof NetworkError) return <p>{words.errors.network}</p>;
  if (!(error instanceof ApiError)) return <p>{words.errors.unforeseen}</p>;
  return (
    <div className="flex flex-col gap-1.5">
      <p>
        {error.code === "unauthorized" && location.pathname !== "/sign-in" ? (
          words.errors.sessionEnded
        ) : (
          <ForeignText>{error.message}</ForeignText>
        )}
      </p>
      <UpstreamWords said={error.details["upstream"]} />
      <p
        className={classNames(
          "flex flex-wrap items-center gap-x-2 text-[0.8125rem] text-muted",
          centered && "justify-center",
        )}
      >
        <span>{words.errors.side[errors[error.code].side]}</span>
        {error.requestId === "" ? null : (
          <span className="inline-flex items-center gap-1">
            {words.errors.requestId} <code className="wrap-anywhere">{error.requestId}</code>
            <CopyButton text={error.requestId} label={words.errors.copyRequestId} />
          </span>
        )}
      </p>
    </div>
  );
}

/** What a server answered in place of a result, where the hub hands it on. */
function UpstreamWords({ said }: { said: unknown }) {
  const message = isObject(said) ? said["message"] : undefined;
  if (typeof message !== "string" || message === "") return null;
  return (
    <p className="text-[0.8125rem] text-muted">
      {words.errors.upstreamWords} <ForeignText>{message}</ForeignText>
    </p>
  );
}

/** Where the second factor is what is missing, it is asked for first. */
function RetryButton({ retry, error }: { retry: () => void; error?: unknown }) {
  if (error instanceof ApiError && error.code === "second_factor_required")
    return (
      <Button
        icon={<ShieldCheck aria-hidden className="size-4" />}
        onClick={() => void askForFactor(error.message).then((shown) => shown && retry())}
      >
        {words.account.stepUp.button}
      </Button>
    );
  return (
    <Button icon={<RotateCw aria-hidden className="size-4" />} onClick={retry}>
      {words.common.retry}
    </Button>
  );
}

function Offline({ retry }: { retry: (() => void) | undefined }) {
  return (
    <EmptyState
      icon={<WifiOff className="size-6" />}
      title={words.offline.title}
      actions={retry ? <RetryButton retry={retry} /> : null}
    >
      <p>{words.offline.description}</p>
    </EmptyState>
  );
}

function NoPermission({ error }: { error: ApiError }) {
  return (
    <EmptyState
      icon={<Lock className="size-6" />}
      title={words.noPermission.title}
      actions={<ButtonLink to="/">{words.common.home}</ButtonLink>}
    >
      <p>{error.message}</p>
    </EmptyState>
  );
}

export function NotFound({ message }: { message?: string }) {
  const router = useRouter();
  return (
    <EmptyState
      icon={<SearchX className="size-6" />}
      title={words.notFound.title}
      actions={
        <>
          <Button onClick={() => router.history.back()}>{words.common.back}</Button>
          <ButtonLink to="/" look="primary">
            {words.common.home}
          </ButtonLink>
        </>
      }
    >
      <p className="wrap-anywhere">{message ?? words.notFound.description}</p>
    </EmptyState>
  );
}
