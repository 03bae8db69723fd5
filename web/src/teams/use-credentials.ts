import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { auth } from "./auth";
import { canFillInPasskeys, signInWithPasskey, stopFillingIn } from "./passkey";

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
export function usePasskey(onSignedIn: () => Promise<void>, { fillIn }: { fillIn: boolean }) {
  const passkey = useMutation({
    mutationFn: () => signInWithPasskey(),
    onSuccess: onSignedIn,
  });
  const goOn = useRef(onSignedIn);
  goOn.current = onSignedIn;
  useEffect(() => {
    if (!fillIn) return;
    let left = false;
    const offer = async () => {
      if (!(await canFillInPasskeys()) || left) return;
      await signInWithPasskey({ fillIn: true });
      if (!left) await goOn.current();
    };
    // Nobody asked for it: where it does not work, the button is there.
    void offer().catch(() => undefined);
    return () => {
      left = true;
      void stopFillingIn();
    };
  }, [fillIn]);
  return passkey;
}
