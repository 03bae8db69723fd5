import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../client";
import { auth } from "./auth";
import { canFillInPasskeys, signInWithPasskey, stopFillingIn } from "./passkey";

const mostOffers = 5;

/** Signing in by a link: spent once, and gone from the address bar before anything else. */
export function useLink(token: string | undefined, onSignedIn: () => Promise<void>) {
  const link = useMutation({ mutationFn: auth.signInByLink, onSuccess: onSignedIn });
  const spent = useRef<string>(undefined);
  const { mutate } = link;
  useEffect(() => {
    if (token === undefined || spent.current === token) return;
    spent.current = token;
    history.replaceState(history.state, "", "/sign-in");
    mutate({ token });
  }, [token, mutate]);
  return link;
}

/** By passkey: after a press of its button, or chosen among what the browser fills in. */
export function usePasskey(onSignedIn: () => Promise<void>) {
  const [offers, setOffers] = useState(0);
  const [filledInError, setFilledInError] = useState<Error | null>(null);
  const passkey = useMutation({ mutationFn: () => signInWithPasskey(), onSuccess: onSignedIn });
  useEffect(() => {
    let left = false;
    const offer = async () => {
      if (!(await canFillInPasskeys()) || left) return;
      await signInWithPasskey({ fillIn: true });
      if (!left) await onSignedIn();
    };
    offer().catch((error: unknown) => {
      // Nobody asked for the offer: only one that was taken and refused is worth a word, and another offer.
      if (left || !(error instanceof ApiError) || offers >= mostOffers) return;
      setFilledInError(error);
      setOffers(offers + 1);
    });
    return () => {
      left = true;
      void stopFillingIn();
    };
  }, [onSignedIn, offers]);
  return {
    isPending: passkey.isPending,
    error: passkey.error ?? filledInError,
    mutate: passkey.mutate,
    reset: () => {
      setFilledInError(null);
      passkey.reset();
    },
  };
}
