import { json, paramsOf, Refusal, type Asked, type Reply } from "./exchange.ts";
import { Grants } from "./grants.ts";
import type { Quirks } from "./quirks.ts";

/** RFC 8628, 3.1. Whoever enters the code says so over the control address. */
export function giveDeviceCode(asked: Asked, quirks: Quirks, grants: Grants): Reply {
  if (!quirks.device) throw new Refusal("invalid_request", "There is no device flow.", 404);
  const params = paramsOf(asked, "form");
  if (params.get("client_id") !== quirks.client.id)
    throw new Refusal("invalid_client", "The client is unknown.", 401);
  const deviceCode = Grants.secret("dev");
  const userCode = deviceCode
    .slice(-8)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "X");
  grants.devices.set(deviceCode, {
    grant: grants.begin(params.get("scope") ?? ""),
    userCode,
    decision: "waiting",
  });
  return json({
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: quirks.device.verificationUri,
    expires_in: quirks.device.expiresIn,
    interval: quirks.device.interval,
  });
}
