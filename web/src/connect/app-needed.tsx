import { Blocks } from "lucide-react";
import type { Connector, ConnectorMethod } from "../../../shared/contracts/connectors";
import { CopyTextButton } from "../ui/copy-button";
import { Panel } from "../ui/page";
import { connect as connectWords } from "../words/connect";
import { AppSteps } from "./app-steps";

const say = connectWords.app;

/** People sign in at this vendor through an app, and nobody has registered one yet. */
export function AppNeeded({
  connector: { id, name },
  app,
  mayConfigure,
}: {
  connector: Connector;
  app: NonNullable<ConnectorMethod["app"]>;
  mayConfigure: boolean;
}) {
  return (
    <Panel className="flex items-start gap-3 p-5">
      <Blocks aria-hidden className="mt-0.5 size-5 shrink-0 text-warning" />
      <section className="flex min-w-0 flex-1 flex-col gap-4">
        <div>
          <h2 className="text-base wrap-anywhere">
            {mayConfigure ? say.first(name) : say.askTitle(name)}
          </h2>
          <p className="text-sm text-muted">{mayConfigure ? say.why(name) : say.ask(name)}</p>
        </div>
        {mayConfigure ? (
          <AppSteps connector={id} name={name} app={app} />
        ) : (
          <CopyTextButton
            text={() => `${location.origin}/connections/new?connector=${id}`}
            label={say.copyLink}
            className="self-start"
          />
        )}
      </section>
    </Panel>
  );
}
