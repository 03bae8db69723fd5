import type { AuthMethod, Manifest } from "../../../shared/catalogue/manifest";
import { findConnector } from "../../connectors";
import { HubError } from "../../platform/errors";

/** A way to sign in that a person walks at the vendor. Everything else is a form. */
export type FlowMethod = Extract<
  AuthMethod,
  { kind: "oauth2_code" | "oauth2_device" | "mcp_oauth" }
>;

export const isFlowMethod = (method: AuthMethod): method is FlowMethod =>
  method.kind === "oauth2_code" || method.kind === "oauth2_device" || method.kind === "mcp_oauth";

/**
 * The connector, as its way to sign in has it; the first way unless one is named. Throws `invalid_input`, for a method
 * that is a form with the route that takes one.
 */
export function wayTo(connector: string, named: string | undefined): Way {
  const whole = findConnector(connector);
  if (!whole) throw unusable("connector", "is no connector. List the connectors to see them");
  const id = named ?? whole.auth[0]?.id;
  const method = whole.auth.find((one) => one.id === id);
  if (!method)
    throw unusable(
      "method",
      `is no way to sign in to ${whole.name}. It has ${whole.auth.map((one) => one.id).join(", ")}`,
    );
  if (!isFlowMethod(method))
    throw unusable(
      "method",
      `${method.label} needs no sign-in at the vendor. Send its fields to POST /api/v1/connections`,
    );
  return { manifest: findConnector(connector, method.id) ?? whole, method };
}

export type Way = { manifest: Manifest; method: FlowMethod };

const unusable = (field: "connector" | "method", sentence: string) =>
  new HubError("invalid_input", `body.${field}: ${sentence}.`, {
    details: { field: `body.${field}` },
  });
