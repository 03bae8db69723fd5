import type { Permission } from "../../../shared/roles";
import type { TestRequest } from "../team";

/** What a request can name: ids for the most part, and what else stands for one thing. */
export const kinds = [
  "client",
  "connection",
  "email",
  "execution",
  "flow",
  "grant",
  "idempotencyKey",
  "invitation",
  "job",
  "key",
  "machine",
  "notice",
  "passkey",
  "person",
  "role",
  "secret",
  "secretName",
  "session",
  "team",
  "tool",
  "toolName",
] as const;
export type Kind = (typeof kinds)[number];
/** What of each kind a team has. */
export type Subjects = Record<Kind, string[]>;

/** An example request of one route, right in everything but who sends it. */
export type Example = {
  /** Undefined for what answers without signing in. */
  permission?: Permission | "any";
  /** The permission alone is not enough. */
  ownersOnly?: true;
  /** It is about the person who signed in, whatever team they are in, or in none. */
  person?: true;
  /** Taken from a session alone: keys and tokens are refused. */
  sessionOnly?: true;
  /** What it names belongs to one person: others of the team who may not manage it know nothing of it. */
  personal?: true;
  /** What it is sent is a proof of its own: one that fails is answered with 401. */
  proves?: true;
  /** Its answer holds what the caller named in earlier requests. */
  recalls?: true;
  /** Its answer is never the same twice. */
  varies?: true;
  /** It ends the session it is sent with, so nobody sends it with theirs. */
  endsSession?: true;
  /** What `{id}` stands for. */
  id?: Kind;
  /** Query parameters that name a thing. */
  query?: Record<string, Kind>;
  /** What the list's `cursor` names. */
  cursor?: Kind;
  /** Fields of the body that name a thing, as `field` or `outer.field`; where the example has a list, it stands in it. */
  body?: Record<string, Kind>;
  headers?: Record<string, Kind>;
  request?: TestRequest;
  /** What a caller who may send the request sends in its place, where it would make or end something. */
  harmless?: TestRequest;
};
