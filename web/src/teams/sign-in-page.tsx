import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { CredentialsStep } from "./credentials-step";
import { LinkStep } from "./link-step";
import { keepNext } from "./next";
import { SecondFactorStep } from "./second-factor-step";
import { useLink } from "./use-credentials";
import { useSignedIn } from "./use-signed-in";

/** Every way in. A link of `npm start` is spent by this page's request, not by whoever looks at it first. */
export function SignInPage() {
  const { token, next, ended, error } = useSearch({ from: "/sign-in" });
  const [asksForFactor, setAsksForFactor] = useState(false);
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
      providerCode={error}
      linkError={link.error}
      onSignedIn={signedIn}
      onFactor={() => setAsksForFactor(true)}
    />
  );
}
