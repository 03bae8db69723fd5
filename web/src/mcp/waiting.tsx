import { CircleCheck } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useLiveState } from "../live";
import { announce } from "../shell/announcer";
import { plainLine } from "../ui/foreign";
import { RelativeTime } from "../ui/time";
import { clients as clientWords } from "../words/clients";
import type { AwaitedClient } from "./arrival";
import { reachOf } from "./endpoint";
import { useArrivedClient, useProgramCall } from "./use-arrival";

const { waiting: say } = clientWords;
const patienceMs = 60_000;
const checks = {
  key: [say.header, say.restart, say.key],
  account: [say.approval, say.restart],
};

/** Waits for the client that was just set up, and says so when it has come. */
export function WaitingForClient({
  called,
  endpoint,
  awaited,
}: {
  called: string;
  endpoint: string;
  awaited: AwaitedClient;
}) {
  const client = useArrivedClient(awaited);
  const name = client ? plainLine(client.title ?? client.name, 80) : undefined;
  useAnnouncement(name === undefined ? undefined : say.announced(name));
  if (!client)
    return <Wait text={say.forClient(called)} endpoint={endpoint} checks={checks[awaited.by]} />;
  return (
    <Come>
      {say.connected}: <bdi>{name}</bdi> {client.version ? plainLine(client.version, 40) : ""},{" "}
      <RelativeTime at={client.lastSeenAt} />
    </Come>
  );
}

/** The same for a program that calls over REST. */
export function WaitingForProgram({
  endpoint,
  keyId,
}: {
  endpoint: string;
  keyId: string | undefined;
}) {
  const tool = useProgramCall(keyId);
  const text = tool === undefined ? undefined : say.called(plainLine(tool, 80));
  useAnnouncement(text);
  if (text === undefined)
    return <Wait text={say.forProgram} endpoint={endpoint} checks={checks.key} />;
  return <Come>{text}</Come>;
}

function useAnnouncement(text: string | undefined): void {
  useEffect(() => {
    if (text !== undefined) announce(text);
  }, [text]);
}

const Come = ({ children }: { children: ReactNode }) => (
  <p className="flex items-center gap-2.5 text-sm font-medium text-success wrap-anywhere">
    <CircleCheck aria-hidden className="size-5 shrink-0" />
    <span className="min-w-0">{children}</span>
  </p>
);

function Wait({ text, endpoint, checks }: { text: string; endpoint: string; checks: string[] }) {
  const [late, setLate] = useState(false);
  const offline = useLiveState() === "offline";
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  const { host } = new URL(endpoint);
  const reach = reachOf(endpoint) === "this-machine" ? say.reachLocal(host) : say.reach(host);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex items-start gap-3">
        <span aria-hidden className="relative mt-1.5 flex size-2.5 shrink-0">
          <span className="absolute inset-0 animate-ping rounded-full bg-accent opacity-60 motion-reduce:hidden" />
          <span className="relative size-2.5 rounded-full bg-accent" />
        </span>
        <div className="min-w-0">
          <p className="text-sm font-medium">{text}</p>
          <p className="text-[0.8125rem] text-muted">{offline ? say.offline : say.hint}</p>
        </div>
      </div>
      {late ? (
        <div className="rounded-lg bg-raised p-3 text-sm">
          <p className="font-medium">{say.late}</p>
          <ul className="mt-1.5 flex list-disc flex-col gap-1 pl-5 wrap-anywhere">
            {[reach, ...checks].map((check) => (
              <li key={check}>{check}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}
