import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CodeField, typedCode } from "../teams/code-field";
import { Failure } from "../teams/failure";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Dialog } from "../ui/dialog";
import { words } from "../words";
import { account as own } from "./api";
import { QrCode } from "./qr-code";

const say = words.account.factor;
const form = "confirm-factor";

/** The secret on its way into an app, and the app's first code as a sign that it arrived. */
export function ScanCode({
  totpURI,
  onConfirmed,
  onClose,
}: {
  totpURI: string;
  onConfirmed: () => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const confirm = useMutation({ mutationFn: own.confirmFactor, onSuccess: onConfirmed });
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  return (
    <Dialog
      open
      onClose={onClose}
      title={say.scanTitle}
      description={say.scan}
      actions={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={confirm.isPending}>
            {say.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col items-center gap-5 sm:flex-row sm:items-start">
        <QrCode text={totpURI} label={say.qr} />
        <form
          id={form}
          noValidate
          className="flex w-full min-w-0 flex-1 flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const code = typedCode("app", typed);
            setFault(code === undefined ? words.signIn.faults.code : undefined);
            if (code === undefined) return event.currentTarget.querySelector("input")?.focus();
            if (!confirm.isPending) confirm.mutate({ code });
          }}
        >
          <div className="flex flex-col gap-1.5">
            <p className="text-[0.8125rem] text-muted">{say.secret}</p>
            <CodeBlock code={secret} label={say.secret} />
          </div>
          {confirm.error ? <Failure error={confirm.error} /> : null}
          <CodeField
            kind="app"
            value={typed}
            error={fault}
            onChange={(next) => {
              setTyped(next);
              setFault(undefined);
            }}
          />
        </form>
      </div>
    </Dialog>
  );
}
