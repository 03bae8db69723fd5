import { AppWindow, LoaderCircle, WifiOff } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import type { ConnectFlow } from "../../../shared/contracts/connect-flows";
import { announce } from "../shell/announcer";
import { Button } from "../ui/button";
import { Panel } from "../ui/page";
import { connect as connectWords } from "../words/connect";
import { DeviceCode } from "./device-code";
import { FaultNote } from "./fault-note";
import { FlowChoices } from "./flow-choices";
import type { SignInState } from "./sign-in-state";
import type { SigningIn } from "./use-sign-in";
import { WorkingNote } from "./working-note";

const say = connectWords.signIn;

/** A sign-in under way, and what became of it where it came to nothing. */
export function SignInPanel({
  name,
  signingIn,
  onAgain,
  beside,
}: {
  /** The vendor's. */
  name: string;
  signingIn: SigningIn;
  /** Begins anew, with what was typed. */
  onAgain: () => void;
  /** A further way on where it came to nothing. */
  beside?: ReactNode;
}) {
  const { state, isLost, leave } = signingIn;
  const title = titleOf(state, name);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: "nearest" });
    announce(title);
  }, [title]);
  const failed = state.at === "failed";
  return (
    <Panel className="flex flex-col">
      <section aria-labelledby="sign-in-title" className="flex min-w-0 flex-col gap-4 p-5">
        <h2
          id="sign-in-title"
          ref={heading}
          tabIndex={-1}
          className="text-lg outline-none wrap-anywhere"
        >
          {title}
        </h2>
        <Standing name={name} signingIn={signingIn} />
        {isLost ? (
          <p role="status" className="flex items-center gap-2 text-sm text-warning">
            <WifiOff aria-hidden className="size-4 shrink-0" />
            {say.lost}
          </p>
        ) : null}
      </section>
      <div className="flex flex-wrap justify-end gap-2 rounded-b-xl border-t border-line bg-canvas px-5 py-3.5">
        {failed ? beside : null}
        <Button onClick={leave}>{failed ? say.toForm : say.cancel}</Button>
        {failed ? (
          <Button look="primary" onClick={onAgain}>
            {say.again}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}

function titleOf(state: SignInState, name: string): string {
  switch (state.at) {
    case "starting":
      return say.opening(name);
    case "waiting":
      if (state.flow.device) return say.device.title(name);
      if (state.window === "closed") return say.closedTitle;
      return state.window === "blocked" ? say.blockedTitle : say.waiting(name);
    case "choosing":
      return say.choose.title;
    case "failed":
      return connectWords.setup.failed;
    case "idle":
    case "refused":
      return "";
    case "working":
    case "done":
      return say.working.signedIn(name);
  }
}

function Standing({ name, signingIn }: { name: string; signingIn: SigningIn }) {
  const { state, choose } = signingIn;
  switch (state.at) {
    case "idle":
    case "refused":
      return null;
    case "starting":
      return <Waits>{say.opening(name)}</Waits>;
    case "waiting":
      return state.flow.device ? (
        <DeviceCode device={state.flow.device} />
      ) : (
        <WindowNote name={name} flow={state.flow} window={state.window} signingIn={signingIn} />
      );
    case "choosing":
      return state.flow.choices ? (
        <FlowChoices
          choices={state.flow.choices}
          onChoose={(value) => choose(state.flow.id, value)}
        />
      ) : null;
    case "working":
    case "done":
      return <WorkingNote name={name} />;
    case "failed":
      return (
        <FaultNote fault={state.fault}>
          <p className="text-sm text-muted">{connectWords.setup.nothingSaved}</p>
        </FaultNote>
      );
  }
}

function WindowNote({
  name,
  flow,
  window: shown,
  signingIn: { openAgain, toFront, goHere },
}: {
  name: string;
  flow: ConnectFlow;
  window: "open" | "closed" | "blocked" | "none";
  signingIn: SigningIn;
}) {
  const { authorizeUrl } = flow;
  const open = shown === "open";
  return (
    <>
      {open ? (
        <Waits>{say.waitingHint}</Waits>
      ) : (
        <p>{shown === "closed" ? say.closed(name) : say.blocked}</p>
      )}
      {authorizeUrl === null ? null : (
        <div className="flex flex-wrap gap-2">
          <Button
            look={open ? "secondary" : "primary"}
            icon={<AppWindow aria-hidden className="size-4" />}
            onClick={() => (open ? toFront() : openAgain(authorizeUrl))}
          >
            {open ? say.toFront : shown === "closed" ? say.openAgain : say.openWindow}
          </Button>
          <Button onClick={() => goHere(flow.id, authorizeUrl)}>{say.here}</Button>
        </div>
      )}
    </>
  );
}

const Waits = ({ children }: { children: string }) => (
  <p className="flex items-start gap-2.5 text-muted">
    <LoaderCircle aria-hidden className="mt-0.75 size-4 shrink-0 animate-spin" />
    {children}
  </p>
);
