import { useQuery } from "@tanstack/react-query";
import { useEffect, useReducer, useRef } from "react";
import { ApiError } from "../client";
import { connect as connectWords } from "../words/connect";
import { cancelFlow, chooseInFlow, startFlow, type StartBody } from "./api";
import { onReturn } from "./news";
import { browsable, lead, openPopup } from "./popup";
import { flowQuery } from "./queries";
import { idle, nextState, underWay, type SignInEvent } from "./sign-in-state";

const say = connectWords.signIn;
const watchMs = 300;

/**
 * Signing in at a vendor: in a window of its own, on this page where the browser allows no window, or by a code. `name`
 * is the vendor's; `onDone` is told the connection's id, once.
 */
export function useSignIn({
  name,
  onDone,
  onLeavePage,
}: {
  name: string;
  onDone: (connectionId: string) => void;
  /** The page itself goes to the vendor: what was typed is worth keeping. */
  onLeavePage: (flow: string) => void;
}) {
  const [state, dispatch] = useReducer(nextState, idle);
  const popup = useRef<Window>(undefined);
  const attempt = useRef(0);
  const id = underWay(state);
  const { data, error, refetch } = useQuery({ ...flowQuery(id ?? ""), enabled: id !== undefined });
  useEffect(() => {
    if (data) dispatch({ did: "see", flow: data });
  }, [data]);
  const gone = error instanceof ApiError && error.code === "not_found";
  useEffect(() => {
    if (gone) dispatch({ did: "lose", fault: { code: "expired", message: say.gone } });
  }, [gone]);
  useEffect(
    () => (id === undefined ? undefined : onReturn(id, () => void refetch())),
    [id, refetch],
  );
  const isOpen = "window" in state && state.window === "open";
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => {
      if (popup.current?.closed !== true) return;
      clearInterval(timer);
      // It may have closed because somebody is through: the hub is asked first.
      void (id === undefined ? Promise.resolve() : lookAgain(refetch, dispatch)).then(() =>
        dispatch({ did: "window", window: "closed" }),
      );
    }, watchMs);
    return () => clearInterval(timer);
  }, [isOpen, id, refetch]);
  const done = useRef(onDone);
  done.current = onDone;
  const { at } = state;
  const connectionId = state.at === "done" ? state.flow.connectionId : null;
  useEffect(() => {
    if (at === "done" || at === "failed") closeWindow(popup.current);
    if (connectionId !== null) done.current(connectionId);
  }, [at, connectionId]);

  const open = (): Window | undefined => {
    popup.current = openPopup(say.opening(name));
    return popup.current;
  };
  const begin = async (body: StartBody, opened: Window | undefined) => {
    const mine = (attempt.current += 1);
    try {
      const flow = await startFlow(body);
      if (attempt.current !== mine) {
        await cancelFlow(flow.id);
        return;
      }
      dispatch({ did: "see", flow });
      if (!opened || flow.authorizeUrl === null || lead(opened, flow.authorizeUrl)) return;
      closeWindow(opened);
      dispatch({ did: "lose", fault: { code: "refused_address", message: say.badAddress } });
    } catch (error) {
      if (attempt.current !== mine) return;
      closeWindow(opened);
      dispatch({ did: "refuse", error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  return {
    state,
    /** The hub does not answer just now. */
    isLost: error !== null && !gone,
    /** Within the press of a button: else the browser blocks the window. */
    start: (body: StartBody, way: "window" | "code") => {
      const opened = way === "window" ? open() : undefined;
      dispatch({ did: "press", window: way === "code" ? "none" : opened ? "open" : "blocked" });
      void begin(body, opened);
    },
    openAgain: (url: string) => {
      const opened = open();
      if (opened) lead(opened, url);
      dispatch({ did: "window", window: opened ? "open" : "blocked" });
    },
    toFront: () => popup.current?.focus(),
    goHere: (flow: string, url: string) => {
      const address = browsable(url);
      if (!address) return;
      closeWindow(popup.current);
      onLeavePage(flow);
      location.assign(address.href);
    },
    choose: async (flow: string, value: string) =>
      dispatch({ did: "see", flow: await chooseInFlow(flow, value) }),
    leave: () => {
      attempt.current += 1;
      closeWindow(popup.current);
      if (id !== undefined) cancelFlow(id).catch(() => undefined);
      dispatch({ did: "leave" });
    },
  };
}

export type SigningIn = ReturnType<typeof useSignIn>;

type Look = () => Promise<{ data: Extract<SignInEvent, { did: "see" }>["flow"] | undefined }>;

async function lookAgain(refetch: Look, dispatch: (event: SignInEvent) => void): Promise<void> {
  const { data } = await refetch();
  if (data) dispatch({ did: "see", flow: data });
}

function closeWindow(popup: Window | undefined): void {
  if (popup && !popup.closed) popup.close();
}
