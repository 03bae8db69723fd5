import type { Permission } from "../../../shared/roles";
import type { Actor } from "../../platform/context";
import { HubError } from "../../platform/errors";

/** Who stands behind a credential, as it is remembered for an epoch of their team. */
export type Principal = {
  teamId: string;
  actor: Exclude<Actor, { kind: "system" }>;
  role: string;
  permissions: ReadonlySet<Permission>;
  hidden: ReadonlySet<string>;
  secondFactorAt: number | null;
  /** When the credential ends by itself, in milliseconds; null for what lasts until it is revoked. */
  expiresAt: number | null;
  /** CIDR blocks it may be used from; null for anywhere. */
  allowedAddresses: readonly string[] | null;
};

export const unauthorized = (message: string) => new HubError("unauthorized", message);

export const noKey = () =>
  unauthorized(
    "This is no Plugboard API key. A key begins with pb_ and is shown once, when it is made.",
  );

export const tokenEnded = () =>
  unauthorized("This token has expired or was revoked. Get a new one.");

export const keyUnknown = () =>
  unauthorized("This API key is not known here. It may have been revoked. Make a new one.");
