import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { CredentialsStep } from "./credentials-step";
import { elsewhereError } from "./elsewhere-error";
import { LinkStep } from "./link-step";
import { keepNext } from "./next";
import { SecondFactorStep } from "./second-factor-step";
import { useLink } from "./use-credentials";
import { useSignedIn } from "./use-signed-in";

/** Every way in. A link of `npm start` is spent by this page's request, not by whoever looks at it first. */
export function SignInPage() {
  const { token, next, ended, factor = false, error, sso } = useSearch({ from: "/sign-in" });
  const [asksForFactor, setAsksForFactor] = useState(factor);
  const signedIn = useSignedIn(next);
  const link = useLink(token, signedIn);
  useEffect(() => {
    if (next !== undefined) keepNext(next);
  }, [next]);
  if (link.isPending || link.isSuccess) return <LinkStep />;
  if (asksForFactor)
    return <SecondFactorStep onSignedIn={signedIn} onStartOver={() => setAsksForFactor(false)} />;
  return (
    <CredentialsStep
      next={next}
      ended={ended ?? false}
      refusal={elsewhereError({ error, sso })}
      linkError={link.error}
      onSignedIn={signedIn}
      onFactor={() => setAsksForFactor(true)}
    />
  );
}
