import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountQuery } from "../shell/queries";
import { CodeField, typedCode } from "../teams/code-field";
import { Failure } from "../teams/failure";
import { Button, ButtonLink } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { SkeletonRows } from "../ui/skeleton";
import { ErrorNote } from "../ui/states";
import { words } from "../words";
import { account } from "./api";
import type { FactorAsked } from "./step-up";

const { stepUp: say } = words.account;
const form = "show-second-factor";

/** Asks for the second factor in the middle of an action, which then goes on. */
export function StepUpDialog({ asked: { reason, answer } }: { asked: FactorAsked }) {
  const { data, error, refetch } = useQuery({ ...accountQuery, staleTime: 0 });
  const close = () => answer(false);
  if (data && !data.secondFactor.enabled)
    return (
      <Dialog
        open
        size="small"
        onClose={close}
        title={say.notSetUp}
        description={say.howTo}
        actions={
          <>
            <Button onClick={close}>{words.common.cancel}</Button>
            <ButtonLink to="/account/security" look="primary" onClick={close}>
              {say.setUp}
            </ButtonLink>
          </>
        }
      />
    );
  if (data) return <Code reason={reason} answer={answer} />;
  return (
    <Dialog open size="small" onClose={close} title={say.title} description={reason}>
      {error ? (
        <ErrorNote error={error} retry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={1} className="h-11" />
      )}
    </Dialog>
  );
}

function Code({ reason, answer }: FactorAsked) {
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const show = useMutation({ mutationFn: account.showFactor, onSuccess: () => answer(true) });
  const app = kind === "app";
  return (
    <Dialog
      open
      size="small"
      onClose={() => answer(false)}
      title={say.title}
      description={reason}
      actions={
        <>
          <Button onClick={() => answer(false)}>{words.common.cancel}</Button>
          <Button type="submit" form={form} look="primary" busy={show.isPending}>
            {say.confirm}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          const code = typedCode(kind, typed);
          const { code: wrongCode, recoveryCode } = words.signIn.faults;
          setFault(code === undefined ? (app ? wrongCode : recoveryCode) : undefined);
          if (code === undefined) return event.currentTarget.querySelector("input")?.focus();
          if (!show.isPending) show.mutate({ code });
        }}
      >
        {show.error ? <Failure error={show.error} /> : null}
        <CodeField
          kind={kind}
          value={typed}
          error={fault}
          onChange={(next) => {
            setTyped(next);
            setFault(undefined);
          }}
        />
        <Button
          look="quiet"
          size="small"
          className="self-start"
          onClick={() => {
            setKind(app ? "recovery" : "app");
            setTyped("");
            show.reset();
          }}
        >
          {app ? words.secondFactor.useRecovery : words.secondFactor.useApp}
        </Button>
      </form>
    </Dialog>
  );
}
