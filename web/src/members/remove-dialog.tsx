import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import type { TeamMember } from "../../../shared/contracts/members";
import { api, done } from "../client";
import { queryKeys } from "../query-keys";
import { meQuery } from "../shell/queries";
import { ConfirmDialog } from "../ui/dialog";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";

const said = words.team.remove;

/** Removes a member, or oneself: then the page is loaded anew, in another team if there is one. */
export function RemoveDialog({
  member: { id, name, you },
  onClose,
}: {
  member: TeamMember;
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const shown = plainLine(name, 80);
  const remove = useMutation({
    mutationFn: () => done(api.v1.members[":id"].$delete({ param: { id } })),
    onSuccess: async () => {
      if (you) return location.assign("/");
      onClose();
      await queries.invalidateQueries({ queryKey: queryKeys.team });
      // What had the focus is gone with its row.
      document.querySelector<HTMLElement>("main h1")?.focus();
      notify({ tone: "success", title: said.done(shown) });
    },
  });
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={you ? said.leaveTitle(plainLine(me.team.name, 80)) : said.title(shown)}
      confirm={you ? said.leaveConfirm : said.confirm}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {(you ? said.leaveWhy : said.why).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {remove.error ? <ErrorNote error={remove.error} /> : null}
    </ConfirmDialog>
  );
}
