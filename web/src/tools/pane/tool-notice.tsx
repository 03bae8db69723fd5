import { ShieldAlert, Unplug } from "lucide-react";
import type { Tool } from "../../../../shared/contracts/tools";
import { useMay } from "../../shell/use-may";
import { ButtonLink } from "../../ui/button";
import { words } from "../../words";

const text = words.playground.tool;

/** Why a tool cannot be run at the moment, and the way on. */
export function ToolNotice({ tool }: { tool: Tool }) {
  const mayRun = useMay("tools.call");
  if (tool.status === "available")
    return mayRun ? null : <p className="text-sm text-muted">{text.mayNotRun}</p>;
  const isHeldBack = tool.status === "quarantined";
  const Icon = isHeldBack ? ShieldAlert : Unplug;
  return (
    <div className="flex min-w-0 flex-wrap items-start gap-3 rounded-xl border border-warning/40 bg-warning-soft p-4">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-warning" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{isHeldBack ? text.quarantined : text.unavailable}</p>
        <p className="text-sm">{isHeldBack ? text.quarantinedWayOn : text.unavailableWayOn}</p>
      </div>
      <ButtonLink
        to="/connections/$id"
        params={{ id: tool.connectionId }}
        search={isHeldBack ? { tab: "held-back" } : {}}
      >
        {text.openConnection}
      </ButtonLink>
    </div>
  );
}
