import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../ui/button";
import { words } from "../words";
import { auth } from "./auth";
import { AuthPage } from "./auth-page";
import { CodeField, typedCode } from "./code-field";
import { Failure } from "./failure";

const say = words.secondFactor;

/** After the right password: a code of the app, or one of the recovery codes. */
export function SecondFactorStep({
  onSignedIn,
  onStartOver,
}: {
  onSignedIn: () => Promise<void>;
  onStartOver: () => void;
}) {
  const [kind, setKind] = useState<"app" | "recovery">("app");
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const verify = useMutation({
    mutationFn: (code: string) =>
      kind === "app" ? auth.verifyTotp({ code }) : auth.verifyRecoveryCode({ code }),
    onSuccess: onSignedIn,
  });
  const app = kind === "app";
  const switchKind = () => {
    setKind(app ? "recovery" : "app");
    setTyped("");
    setFault(undefined);
    verify.reset();
  };
  return (
    <AuthPage title={app ? say.title : say.recoveryTitle}>
      <p className="text-muted">{app ? say.hint : say.recoveryHint}</p>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const code = typedCode(kind, typed);
          const wrong = app ? words.signIn.faults.code : words.signIn.faults.recoveryCode;
          setFault(code === undefined ? wrong : undefined);
          if (code === undefined) return event.currentTarget.querySelector("input")?.focus();
          if (!verify.isPending) verify.mutate(code);
        }}
      >
        {verify.error ? <Failure error={verify.error} /> : null}
        <CodeField
          kind={kind}
          value={typed}
          error={fault}
          onChange={(next) => {
            setTyped(next);
            setFault(undefined);
          }}
        />
        <Button type="submit" look="primary" busy={verify.isPending || verify.isSuccess}>
          {say.confirm}
        </Button>
      </form>
      <div className="flex flex-col gap-1">
        <Button look="quiet" onClick={switchKind}>
          {app ? say.useRecovery : say.useApp}
        </Button>
        <Button look="quiet" onClick={onStartOver}>
          {say.startOver}
        </Button>
      </div>
    </AuthPage>
  );
}
