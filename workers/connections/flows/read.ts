import type { ConnectFlow } from "../../../shared/contracts/connect-flows";
import type { Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { readConnection, toConnection } from "../rows";
import type { ConnectFlowRow } from "../tables";
import { flowFault } from "./faults";
import { pollDeviceFlow } from "./poll-device";
import { readFlow } from "./row";
import { openFlow } from "./sealed";
import type { Tools } from "./finish";

/** A sign-in as it stands. One with a device code asks the vendor, once per its interval. Throws `not_found`. */
export async function getFlow(ctx: Context, id: string, tools: Tools): Promise<ConnectFlow> {
  const row = await readFlow(ctx, id);
  return toFlow(ctx, await pollDeviceFlow(ctx, row, tools));
}

/** What a sign-in that ran out of time is: `working` that long means that the hub broke off in the middle. */
export function stands(row: ConnectFlowRow, now: number): Pick<ConnectFlow, "status" | "error"> {
  const over = row.status === "done" || row.status === "failed";
  if (over || now < row.expiresAt) return { status: row.status, error: row.fault };
  return { status: "failed", error: flowFault(row.status === "working" ? "internal" : "expired") };
}

export async function toFlow(ctx: Context, row: ConnectFlowRow): Promise<ConnectFlow> {
  const { status, error } = stands(row, ctx.now);
  const waits = status === "waiting";
  const { device, choices, connectionId } = row;
  return {
    id: row.id,
    status,
    connector: row.draft.connector,
    authorizeUrl: waits && !device ? ((await openFlow(ctx, row)).authorizeUrl ?? null) : null,
    device:
      waits && device
        ? {
            userCode: device.userCode,
            verificationUri: device.verificationUri,
            intervalSeconds: device.intervalSeconds,
          }
        : null,
    choices: status === "choosing" ? choices : null,
    connectionId,
    connection: status === "done" ? await connectionOf(ctx, connectionId) : null,
    error,
    expiresAt: row.expiresAt,
  };
}

/** Null for one that was deleted since, or that the caller may not see. */
async function connectionOf(ctx: Context, id: string | null): Promise<ConnectFlow["connection"]> {
  if (id === null) return null;
  try {
    return toConnection(await readConnection(ctx, id));
  } catch (error) {
    if (error instanceof HubError && error.code === "not_found") return null;
    throw error;
  }
}
