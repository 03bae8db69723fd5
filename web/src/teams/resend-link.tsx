import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ApiError } from "../client";
import { Button } from "../ui/button";
import { words } from "../words";
import { auth } from "./auth";
import { Failure } from "./failure";
import { OutboxHint } from "./outbox-hint";

const say = words.signUp.mail;
const waitSeconds = 30;

/** The password is right, and the address still waits to be confirmed. */
export const isUnconfirmed = (error: Error | null): boolean =>
  error instanceof ApiError && error.details["reason"] === "email_not_verified";

/** Sends the mail that confirms an address once more, and not every second. */
export function ResendLink({ email }: { email: string }) {
  const [left, setLeft] = useState(0);
  const send = useMutation({
    mutationFn: () => auth.sendVerification({ email }),
    onSuccess: () => setLeft(waitSeconds),
  });
  useEffect(() => {
    if (left === 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <div className="flex flex-col gap-2.5">
      {send.error ? <Failure error={send.error} /> : null}
      <p role="status" className="text-sm text-muted empty:hidden">
        {send.isSuccess ? say.sentAgain : ""}
      </p>
      <Button busy={send.isPending} disabled={left > 0} onClick={() => send.mutate()}>
        <span className="tabular-nums">{left > 0 ? say.againIn(left) : say.again}</span>
      </Button>
      <OutboxHint />
    </div>
  );
}
