import type { Connection } from "../../../shared/contracts/connections";
import { useMay } from "../shell/use-may";

/** Whether the reader may change this one: the team's, or one of their own. */
export function useManage(): (connection: Pick<Connection, "owner">) => boolean {
  const write = useMay("connections.write");
  const own = useMay("connections.own");
  return ({ owner }) => (owner.kind === "team" ? write : own);
}

/** Whether there may be any that the reader adds. */
export function useMayAdd(): boolean {
  const write = useMay("connections.write");
  const own = useMay("connections.own");
  return write || own;
}
