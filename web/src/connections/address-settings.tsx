import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { Connection } from "../../../shared/contracts/connections";
import { Button } from "../ui/button";
import { Field, Input } from "../ui/field";
import { Panel } from "../ui/page";
import { words } from "../words";
import { hostOf } from "./address";
import { urlFault } from "./checks";
import { ActionFailure } from "./action-failure";
import { TransportField } from "./transport-field";
import { useConfig } from "./use-config";

const said = words.connections.settings;

export function AddressSettings({ connection }: { connection: Connection }) {
  const { config, status } = connection;
  const [url, setUrl] = useState(config.url);
  const [transport, setTransport] = useState(config.transport);
  const save = useConfig(connection, () => said.saved);
  const fault = urlFault(url);
  const changed = url.trim() !== config.url || transport !== config.transport;
  const carriesHeaders =
    config.headerNames.length > 0 && !fault && hostOf(url) !== hostOf(config.url);
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base">{said.address}</h2>
      <Panel>
        <form
          noValidate
          className="flex flex-col gap-4 p-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (fault || !changed || save.isPending) return;
            save.mutate({
              ...(url.trim() === config.url ? {} : { url: url.trim() }),
              ...(transport === config.transport ? {} : { transport }),
            });
          }}
        >
          <p className="text-sm text-muted">
            {status === "disabled" ? said.disabledHint : said.addressHint}
          </p>
          <Field label={words.connections.page.address} required error={fault}>
            {(control) => (
              <Input
                {...control}
                inputMode="url"
                autoComplete="off"
                spellCheck={false}
                value={url}
                onChange={({ target }) => setUrl(target.value)}
              />
            )}
          </Field>
          {carriesHeaders ? (
            <p className="flex items-start gap-2 text-sm text-warning">
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              {said.carriesHeaders}
            </p>
          ) : null}
          <TransportField value={transport} onChange={setTransport} />
          {save.error ? <ActionFailure error={save.error} /> : null}
          <Button
            type="submit"
            look="primary"
            className="self-start"
            busy={save.isPending}
            disabled={!changed}
          >
            {save.isPending ? said.trying : said.save}
          </Button>
        </form>
      </Panel>
    </section>
  );
}
