import type { ReactNode } from "react";
import type { ConnectorMethod, OAuthApp } from "../../../shared/contracts/connectors";
import { httpsUrl } from "../connections/address";
import { CodeBlock } from "../ui/code-block";
import { connect as connectWords } from "../words/connect";
import { AppForm } from "./app-form";
import { OutLink } from "./where";

const say = connectWords.app;

/** How a team comes by an app at a vendor: register it there, give it our address, enter what it gives. */
export function AppSteps({
  connector,
  name,
  app,
  known,
  onSaved,
}: {
  connector: string;
  name: string;
  app: NonNullable<ConnectorMethod["app"]>;
  known?: OAuthApp | undefined;
  onSaved?: (app: OAuthApp) => void;
}) {
  const url = httpsUrl(app.where.url);
  return (
    <ol className="flex min-w-0 flex-col gap-5">
      <Step title={say.register}>
        <p className="text-sm text-muted wrap-anywhere">
          {app.where.text} {url ? <OutLink url={url}>{say.registerAt(url.host)}</OutLink> : null}
        </p>
        {app.notes.length > 0 ? (
          <ul className="list-disc pl-5 text-sm text-muted">
            {app.notes.map((note) => (
              <li key={note} className="wrap-anywhere">
                {note}
              </li>
            ))}
          </ul>
        ) : null}
      </Step>
      <Step title={say.redirect}>
        <CodeBlock code={app.redirectUri} label={say.redirectUri} />
      </Step>
      <Step title={say.enter}>
        <AppForm
          connector={connector}
          name={name}
          known={known}
          {...(onSaved ? { onSaved } : {})}
        />
      </Step>
    </ol>
  );
}

const Step = ({ title, children }: { title: string; children: ReactNode }) => (
  <li className="flex min-w-0 flex-col gap-2">
    <h3 className="text-sm">{title}</h3>
    {children}
  </li>
);
