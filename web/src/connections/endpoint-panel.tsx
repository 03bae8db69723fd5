import { CopyTextButton } from "../ui/copy-button";
import { Panel } from "../ui/page";
import { words } from "../words";

const said = words.connections.page;

/** Where an AI client finds this connection and nothing else. */
export function EndpointPanel({ slug }: { slug: string }) {
  const endpoint = `${location.origin}/mcp/c/${slug}`;
  return (
    <Panel className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3 p-5">
      <div className="min-w-0">
        <h2 className="text-sm">{said.endpoint}</h2>
        <code className="block py-0.5 wrap-anywhere">{endpoint}</code>
        <p className="text-[0.8125rem] text-muted">{said.endpointHint}</p>
      </div>
      <CopyTextButton text={endpoint} label={said.copyEndpoint} className="min-h-9" />
    </Panel>
  );
}
