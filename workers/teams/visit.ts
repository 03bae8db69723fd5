import type { Author } from "../audit";
import { addressOf } from "../platform/address";
import { registryOf } from "../platform/registry";
import type { Asking } from "./authenticate";

/** What an audit entry says of a request, whoever turns out to have sent it. */
export type Visit = Omit<Author, "teamId" | "actor"> & { address: string };

export const visitOf = ({ env, request, requestId, now }: Asking): Visit => ({
  env,
  db: registryOf(env),
  address: addressOf(env, request),
  userAgent: request.headers.get("user-agent"),
  requestId,
  now,
});
