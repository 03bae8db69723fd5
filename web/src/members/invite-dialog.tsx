import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api, ApiError } from "../client";
import { queryKeys } from "../query-keys";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field, Textarea } from "../ui/field";
import { plainLine } from "../ui/foreign";
import { notify } from "../ui/notify";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { emailsIn, mostEmails } from "./emails";
import { RoleChoice } from "./role-choice";

const said = words.team.invite;
const form = "invite-people";
type Refused = { email: string; error: Error };

/** One request an address: those that the hub refuses stay in the field, each with its reason. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [role, setRole] = useState("member");
  const [checked, setChecked] = useState(false);
  const queries = useQueryClient();
  const { emails, wrong } = emailsIn(typed);
  const fault = faultOf(emails, wrong);
  const send = useMutation({
    mutationFn: async () => {
      const refused: Refused[] = [];
      for (const email of emails)
        await answer(api.v1.invitations.$post({ json: { email, role } })).catch((error: Error) => {
          if (error instanceof ApiError && error.code === "second_factor_required") throw error;
          refused.push({ email, error });
        });
      return { sent: emails.length - refused.length, refused };
    },
    onSuccess: async ({ sent, refused }) => {
      await queries.invalidateQueries({ queryKey: queryKeys.invitations });
      if (sent > 0) notify({ tone: "success", title: said.sent(sent) });
      if (refused.length === 0) return onClose();
      setTyped(refused.map(({ email }) => email).join("\n"));
    },
  });
  const refused = send.data?.refused ?? [];
  return (
    <Dialog
      open
      onClose={onClose}
      title={said.title}
      description={said.description}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={send.isPending}>
            {send.isPending ? said.sending : said.send(emails.length)}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          setChecked(true);
          if (!fault && !send.isPending) send.mutate();
        }}
      >
        <Field
          label={said.emails}
          hint={said.emailsHint}
          error={checked ? fault : undefined}
          required
        >
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              rows={3}
              value={typed}
              inputMode="email"
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <RoleChoice value={role} onChange={setRole} />
      </form>
      {send.error ? <ErrorNote error={send.error} /> : null}
      {refused.length > 0 ? (
        <div role="alert" className="rounded-xl border border-danger/40 bg-danger-soft p-4 text-sm">
          <p className="font-medium">{said.notSent}</p>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
            {refused.map(({ email, error }) => (
              <li key={email} className="wrap-anywhere">
                <bdi>{plainLine(email, 254)}</bdi>:{" "}
                {error instanceof ApiError ? error.message : words.errors.network}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Dialog>
  );
}

function faultOf(emails: string[], wrong: string[]): string | undefined {
  if (wrong.length > 0) return said.wrong(wrong.map((each) => plainLine(each, 60)).join(", "));
  if (emails.length === 0) return said.none;
  return emails.length > mostEmails ? said.tooMany(mostEmails) : undefined;
}
