import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Clock, KeyRound, RotateCw, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import type { Notice } from "../../../shared/contracts/notices";
import type { Tool } from "../../../shared/contracts/tools";
import { useManage } from "../connections/use-manage";
import { openNoticesQuery } from "../notices/queries";
import { useMay } from "../shell/use-may";
import { ButtonLink } from "../ui/button";
import { EmptyLine } from "../ui/empty-line";
import { ForeignName, plainLine } from "../ui/foreign";
import { Panel, Section } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { brokenConnectionsQuery, heldBackQuery } from "./queries";

const { needs: say } = words.home;
const icons: Partial<Record<Connection["status"], typeof CircleX>> = {
  needs_reauth: KeyRound,
  expiring: Clock,
};

/** What stands still until somebody does something. */
export function NeedsYou() {
  const mayConnections = useMay("connections.read");
  const mayTools = useMay("tools.read");
  const broken = useQuery({ ...brokenConnectionsQuery, enabled: mayConnections });
  const heldBack = useQuery({ ...heldBackQuery, enabled: mayTools });
  const asked = [...(mayConnections ? [broken] : []), ...(mayTools ? [heldBack] : [])];
  const connections = broken.data?.items ?? [];
  const tools = heldBack.data?.items ?? [];
  const notices = useQuery({ ...openNoticesQuery, enabled: mayConnections });
  const due = notices.data?.items.filter(({ kind }) => kind === "connection.rotation_due") ?? [];
  const count = connections.length + tools.length + due.length;
  if (asked.length === 0) return null;
  return (
    <Section
      title={say.title}
      actions={
        broken.data?.more[0] ? (
          <ButtonLink
            to="/connections"
            search={{ status: broken.data.more[0] }}
            look="quiet"
            size="small"
            className="-my-1.5 -mr-2.5"
          >
            {say.more}
          </ButtonLink>
        ) : null
      }
    >
      {asked.map((query, at) =>
        query.isError ? (
          <ErrorNote key={at} error={query.error} retry={() => void query.refetch()} />
        ) : null,
      )}
      {asked.some(({ isPending }) => isPending) && count === 0 ? (
        <SkeletonRows rows={1} className="h-14" />
      ) : null}
      {asked.every(({ isSuccess }) => isSuccess) && count === 0 ? (
        <EmptyLine icon={<CircleCheck aria-hidden className="size-5 shrink-0 text-success" />}>
          {say.nothing}
        </EmptyLine>
      ) : null}
      {count > 0 ? (
        <Panel>
          <ul className="divide-y divide-line">
            {connections.map((connection) => (
              <Broken key={connection.id} connection={connection} />
            ))}
            {due.map((notice) => (
              <Due key={notice.id} notice={notice} />
            ))}
            {tools.map((tool) => (
              <HeldBack key={tool.id} tool={tool} />
            ))}
          </ul>
        </Panel>
      ) : null}
    </Section>
  );
}

function Broken({ connection }: { connection: Connection }) {
  const { id, name, status, lastError } = connection;
  const manages = useManage()(connection);
  const shown = plainLine(name, 80);
  const signIn = manages && (status === "needs_reauth" || status === "expiring");
  const Icon = icons[status] ?? CircleX;
  return (
    <Need
      icon={<Icon className={status === "error" ? "text-danger" : "text-warning"} />}
      name={name}
      reason={
        status === "error" && lastError
          ? plainLine(lastError.message, 240)
          : (say.reasons[status] ?? say.brokenNoReason)
      }
      action={
        signIn ? (
          <ButtonLink
            to="/connections/new"
            search={{ reconnect: id }}
            size="small"
            aria-label={say.signInWhat(shown)}
          >
            {say.signIn}
          </ButtonLink>
        ) : (
          <ButtonLink
            to="/connections/$id"
            params={{ id }}
            size="small"
            aria-label={manages ? say.mendWhat(shown) : say.lookWhat(shown)}
          >
            {manages ? say.mend : say.look}
          </ButtonLink>
        )
      }
    />
  );
}

/** A reminder nobody has dealt with yet. */
const Due = ({ notice: { subjectId, title } }: { notice: Notice }) => (
  <Need
    icon={<RotateCw className="text-warning" />}
    name={title}
    reason={say.rotation}
    action={
      <ButtonLink
        to="/connections/new"
        search={{ reconnect: subjectId }}
        size="small"
        aria-label={say.replaceWhat(plainLine(title, 80))}
      >
        {say.replace}
      </ButtonLink>
    }
  />
);

const HeldBack = ({ tool: { connectionId, connectionSlug, title, name } }: { tool: Tool }) => (
  <Need
    icon={<ShieldAlert className="text-warning" />}
    name={title ?? name}
    reason={say.heldBack(connectionSlug)}
    action={
      <ButtonLink
        to="/connections/$id"
        params={{ id: connectionId }}
        search={{ tab: "held-back" }}
        size="small"
        aria-label={say.reviewWhat(plainLine(title ?? name, 80))}
      >
        {say.review}
      </ButtonLink>
    }
  />
);

const Need = (need: { icon: ReactNode; name: string; reason: string; action: ReactNode }) => (
  <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
    <span aria-hidden className="[&>svg]:size-5">
      {need.icon}
    </span>
    <div className="min-w-0 flex-1">
      <h3 className="text-sm">
        <ForeignName>{need.name}</ForeignName>
      </h3>
      <p className="line-clamp-3 text-[0.8125rem] text-muted wrap-anywhere">{need.reason}</p>
    </div>
    <div className="w-full pl-8 sm:w-auto sm:pl-0">{need.action}</div>
  </li>
);
