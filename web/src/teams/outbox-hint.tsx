import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { words } from "../words";
import { methodsQuery } from "./auth";

const say = words.signUp.mail;

/** A hub without a mail provider keeps what it would send. */
export function OutboxHint() {
  const { data: methods } = useQuery(methodsQuery);
  if (methods?.outbox !== true) return null;
  return (
    <div className="flex flex-col gap-2.5 rounded-lg bg-raised p-3 text-sm">
      <p>{say.outbox}</p>
      <ButtonLink to="/outbox" icon={<Inbox aria-hidden className="size-4" />}>
        {say.openOutbox}
      </ButtonLink>
    </div>
  );
}
