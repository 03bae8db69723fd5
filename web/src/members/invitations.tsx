import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { MailPlus, MailX, Send } from "lucide-react";
import { useRef, useState } from "react";
import type { Invitation } from "../../../shared/contracts/members";
import { answer, api, done } from "../client";
import { InlineFacts } from "../mcp/inline-facts";
import { ListPanel } from "../mcp/list-panel";
import { queryKeys } from "../query-keys";
import { Badge } from "../ui/badge";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ForeignName, plainLine } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { notify } from "../ui/notify";
import { Section } from "../ui/page";
import { ErrorNote } from "../ui/states";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { invitationsQuery } from "./queries";
import { roleName } from "./role-name";

const said = words.team.invitations;

export function Invitations() {
  const list = useInfiniteQuery(invitationsQuery);
  const queries = useQueryClient();
  const heading = useRef<HTMLSpanElement>(null);
  const [asked, setAsked] = useState<Invitation>();
  const renew = () => queries.invalidateQueries({ queryKey: queryKeys.invitations });
  const resend = useMutation({
    mutationFn: ({ id }: Invitation) =>
      answer(api.v1.invitations[":id"].resend.$post({ param: { id } })),
    onSuccess: ({ email }) => {
      notify({ tone: "success", title: said.resent(plainLine(email, 120)) });
      return renew();
    },
  });
  const withdraw = useMutation({
    mutationFn: ({ id }: Invitation) => done(api.v1.invitations[":id"].$delete({ param: { id } })),
    onSuccess: async (_, { email }) => {
      setAsked(undefined);
      await renew();
      heading.current?.focus();
      notify({ tone: "success", title: said.withdrawn(plainLine(email, 120)) });
    },
  });
  return (
    <Section
      title={
        <span ref={heading} tabIndex={-1} className="outline-none">
          {said.title}
        </span>
      }
    >
      {resend.error ? <ErrorNote error={resend.error} /> : null}
      <ListPanel
        list={list}
        icon={<MailPlus aria-hidden className="size-5 shrink-0 text-muted" />}
        empty={said.empty}
        row={(invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            busy={resend.isPending}
            onResend={() => resend.mutate(invitation)}
            onWithdraw={() => {
              withdraw.reset();
              setAsked(invitation);
            }}
          />
        )}
      />
      {asked ? (
        <ConfirmDialog
          open
          danger
          onClose={() => setAsked(undefined)}
          title={said.withdrawTitle(plainLine(asked.email, 120))}
          description={said.withdrawWhy}
          confirm={said.withdraw}
          busy={withdraw.isPending}
          onConfirm={() => withdraw.mutate(asked)}
        >
          {withdraw.error ? <ErrorNote error={withdraw.error} /> : null}
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}

function InvitationRow({
  invitation: { email, role, roleName: given, invitedBy, createdAt, expiresAt },
  busy,
  onResend,
  onWithdraw,
}: {
  invitation: Invitation;
  busy: boolean;
  onResend: () => void;
  onWithdraw: () => void;
}) {
  return (
    <li className="flex min-w-0 items-center gap-3 py-3 pr-2 pl-4">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <ForeignName>{email}</ForeignName>
          <Badge>{roleName(role, given)}</Badge>
        </h3>
        <InlineFacts
          facts={[
            [said.invitedBy, <ForeignName>{invitedBy.name}</ForeignName>],
            [said.sent, <RelativeTime at={createdAt} />],
            [said.expires, <RelativeTime at={expiresAt} />],
          ]}
        />
      </div>
      <Menu
        label={said.actions(plainLine(email, 120))}
        items={[
          {
            label: said.resend,
            icon: <Send aria-hidden className="size-4" />,
            run: onResend,
            disabled: busy,
          },
          {
            label: said.withdraw,
            icon: <MailX aria-hidden className="size-4" />,
            run: onWithdraw,
            danger: true,
          },
        ]}
      />
    </li>
  );
}
