import { KeyRound } from "lucide-react";
import type { Connection } from "../../../shared/contracts/connections";
import { ButtonLink, type ButtonLook, type ButtonSize } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { life } from "../words/connection-life";
import { stepOf } from "./standing";

/** To signing in anew in place: id, tools, rules and history stay. */
export function ReconnectLink({
  connection,
  look = "secondary",
  size = "medium",
  named = false,
}: {
  connection: Connection;
  look?: ButtonLook;
  size?: ButtonSize;
  /** In a list, where there are several. */
  named?: boolean;
}) {
  const step = life.steps[stepOf(connection)];
  return (
    <ButtonLink
      to="/connections/new"
      search={{ reconnect: connection.id }}
      look={look}
      size={size}
      icon={<KeyRound aria-hidden className="size-4" />}
      {...(size === "small" ? { className: "min-h-9" } : {})}
      {...(named ? { "aria-label": life.stepOf(step, plainLine(connection.name, 80)) } : {})}
    >
      {step}
    </ButtonLink>
  );
}
