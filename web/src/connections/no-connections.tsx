import { Unplug } from "lucide-react";
import { EmptyState } from "../ui/states";
import { words } from "../words";
import { AddLink } from "./add-link";

const { empty, mayNotChange } = words.connections;
const local = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** What a connection is, for who has none yet. The demo server exists beside a local hub only. */
export function NoConnections({ mayChange }: { mayChange: boolean }) {
  return (
    <EmptyState
      icon={<Unplug className="size-6" />}
      title={empty.title}
      actions={mayChange ? <AddLink /> : null}
    >
      <div className="flex flex-col gap-3">
        <p>{empty.what}</p>
        {mayChange ? null : <p>{mayNotChange}</p>}
        {mayChange && local.test(location.hostname) ? (
          <p className="text-sm">
            {empty.demo}{" "}
            <code className="rounded bg-raised px-1.5 py-0.5">{empty.demoCommand}</code>{" "}
            {empty.demoThen}
          </p>
        ) : null}
      </div>
    </EmptyState>
  );
}
