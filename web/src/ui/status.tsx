import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  Clock,
  KeyRound,
  LoaderCircle,
  PauseCircle,
  ShieldAlert,
} from "lucide-react";
import type { ConnectionStatus } from "../../../shared/contracts/connections";
import type { ExecutionStatus } from "../../../shared/contracts/executions";
import type { ToolStatus } from "../../../shared/contracts/tools";
import { words } from "../words";
import { Badge, type Tone } from "./badge";

type Icon = typeof Ban;
type Look = { tone: Tone; icon: Icon };

const executions: Record<ExecutionStatus, Look> = {
  running: { tone: "accent", icon: LoaderCircle },
  succeeded: { tone: "success", icon: CircleCheck },
  failed: { tone: "danger", icon: CircleX },
  timed_out: { tone: "warning", icon: Clock },
  cancelled: { tone: "neutral", icon: Ban },
  lost: { tone: "warning", icon: CircleHelp },
};
const connections: Record<ConnectionStatus, Look> = {
  pending: { tone: "neutral", icon: CircleDashed },
  connected: { tone: "success", icon: CircleCheck },
  expiring: { tone: "warning", icon: Clock },
  needs_reauth: { tone: "warning", icon: KeyRound },
  revoked: { tone: "neutral", icon: Ban },
  error: { tone: "danger", icon: CircleX },
  disabled: { tone: "neutral", icon: PauseCircle },
};
const tools: Record<ToolStatus, Look> = {
  available: { tone: "success", icon: CircleCheck },
  quarantined: { tone: "warning", icon: ShieldAlert },
  unavailable: { tone: "neutral", icon: CircleDashed },
};

function Status({ look: { tone, icon: Icon }, children }: { look: Look; children: string }) {
  return (
    <Badge
      tone={tone}
      icon={
        <Icon
          aria-hidden
          className={Icon === LoaderCircle ? "size-3.5 animate-spin" : "size-3.5"}
        />
      }
    >
      {children}
    </Badge>
  );
}

export const ExecutionStatusBadge = ({ status }: { status: ExecutionStatus }) => (
  <Status look={executions[status]}>{words.status.execution[status]}</Status>
);
export const ConnectionStatusBadge = ({ status }: { status: ConnectionStatus }) => (
  <Status look={connections[status]}>{words.status.connection[status]}</Status>
);
export const ToolStatusBadge = ({ status }: { status: ToolStatus }) => (
  <Status look={tools[status]}>{words.status.tool[status]}</Status>
);
