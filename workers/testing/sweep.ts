import { errors, type ErrorCode } from "../../shared/errors";
import { leaksOf, told, unknownLike } from "./answers";
import { isKnownAt, type Caller } from "./callers";
import type { GuardedTeam } from "./guarded-team";
import type { Example, Kind } from "./protection/example";
import { askHub, type TestAnswer, type TestRequest } from "./team";

export type Route = { method: string; path: string; route: string; example: Example };

/** How many answers were judged, and what was wrong with which. */
export type Findings = { cells: number; faults: string[] };

/** Where in a request an id stands. */
type Place = { in: "path" | "query" | "body" | "header"; name: string; kind: Kind };

export function placesOf({ id, query = {}, cursor, body = {}, headers = {} }: Example): Place[] {
  const each = (where: Place["in"], named: Record<string, Kind>) =>
    Object.entries(named).map(([name, kind]) => ({ in: where, name, kind }));
  return [
    ...each("path", id === undefined ? {} : { id }),
    ...each("query", { ...query, ...(cursor === undefined ? {} : { cursor }) }),
    ...each("body", body),
    ...each("header", headers),
  ];
}

/** The route × every caller × every place an id can stand × every id of the guarded team. */
export async function sweepRoute(
  route: Route,
  { callers, guarded }: { callers: readonly Caller[]; guarded: GuardedTeam },
): Promise<Findings> {
  const cells = callers
    .filter((caller) => isSent(route.example, caller))
    .flatMap((caller) => {
      const places = placesOf(route.example);
      const all = places.some((place) => place.in === "path") ? places : [undefined, ...places];
      return all.flatMap((place) =>
        (place === undefined ? [""] : guarded.subjects[place.kind])
          .filter((id) => !("knows" in caller && caller.knows.includes(id)))
          .map((id) => ({
            caller,
            place,
            id,
            guarded,
          })),
      );
    });
  // Who is unknown changes nothing, so they need not wait for each other.
  const unknown = cells.filter(({ caller }) => caller.standing === "unknown");
  const known = cells.filter(({ caller }) => caller.standing !== "unknown");
  const faults = await Promise.all(unknown.map((cell) => judge(route, cell)));
  for (const cell of known) faults.push(await judge(route, cell));
  return { cells: cells.length, faults: faults.flat() };
}

/** What is open asks nobody who they are: one who is unknown stands for all. */
function isSent({ permission, endsSession }: Example, { name, standing, by }: Caller): boolean {
  if (endsSession && by === "session") return false;
  return (
    permission !== undefined ||
    (standing === "unknown" ? name === "signed out" : standing !== "inside")
  );
}

type Cell = { caller: Caller; place: Place | undefined; id: string; guarded: GuardedTeam };

async function judge(route: Route, cell: Cell): Promise<string[]> {
  const { caller, place, id } = cell;
  const answer = await ask(route, cell);
  const nothing = await ask(route, { ...cell, id: unknownLike(id) });
  const where = `${route.route}, ${caller.name}, ${place ? `${place.in} ${place.name}` : "no id"} ${id}`;
  return faultsOf(route.example, cell, { answer, nothing }).map((fault) => `${where}: ${fault}`);
}

function faultsOf(
  example: Example,
  { caller, place, id, guarded }: Cell,
  { answer, nothing }: { answer: TestAnswer; nothing: TestAnswer },
): string[] {
  const code = refusalOf(example, caller);
  const said = `${answer.status} ${answer.text.slice(0, 300)}`;
  const faults: string[] = [];
  if (answer.status >= 500) faults.push(`answered ${said}`);
  if (code !== undefined && !isRefusal(answer, code)) faults.push(`wanted ${code}, got ${said}`);
  if (code === undefined && caller.standing === "inside") {
    const proof = example.proves && answer.status === 401;
    if ([401, 403].includes(answer.status) && !proof) faults.push(`was refused: ${said}`);
    if (!example.personal) return faults;
  }
  const hides = place?.in === "path" && code === undefined && example.permission !== undefined;
  if (hides && nothing.status !== 404)
    faults.push(`an unknown id is answered with ${nothing.status} ${nothing.text.slice(0, 300)}`);
  const marks = example.recalls && code === undefined ? [guarded.word] : guarded.marks;
  const of = { caller, id, marks };
  return [...faults, ...differences({ answer, nothing: example.varies ? answer : nothing }, of)];
}

/** What tells somebody who may not know it that a thing is there, or what it is. */
export function differences(
  { answer, nothing }: { answer: TestAnswer; nothing: TestAnswer },
  { caller, id, marks }: { caller: Caller; id: string; marks: readonly string[] },
): string[] {
  const faults: string[] = [];
  const [said, otherwise] = [told(answer, id), told(nothing, id)];
  if (id !== "" && said !== otherwise)
    faults.push(`tells it from an unknown one:\n${said}\n${otherwise}`);
  const knows = "knows" in caller ? caller.knows : [];
  // Whoever may read the team's name may read what stands in it.
  const heard = {
    ...answer,
    text: knows.reduce((text, known) => text.replaceAll(known, ""), answer.text),
  };
  const leaks = caller.standing === "inside" ? [] : leaksOf(heard, marks, id);
  if (leaks.length > 0) faults.push(`leaks ${leaks.join(", ")}: ${answer.text.slice(0, 300)}`);
  return faults;
}

function refusalOf(example: Example, caller: Caller): ErrorCode | undefined {
  const { permission, person, sessionOnly } = example;
  if (permission === undefined) return undefined;
  if (!isKnownAt(caller, "/api/v1")) return "unauthorized";
  if (sessionOnly && caller.by !== "session") return "forbidden";
  if (caller.standing === "teamless" && !person) return "no_team";
  if (caller.standing !== "inside" || permission === "any") return undefined;
  return caller.permissions.has(permission) ? undefined : "forbidden";
}

const isRefusal = ({ status, body }: TestAnswer, code: ErrorCode): boolean =>
  status === errors[code].status && body?.error?.code === code;

/** So that it is the matrix that speaks, and no limit. */
export const unlimited = {
  PLUGBOARD_USER_PER_MINUTE: "0",
  PLUGBOARD_CONNECTION_PER_MINUTE: "0",
} as unknown as Partial<Env>;

let sent = 0;
/** An address is turned away where too many failed from it, so those who fail move on in time. */
export function addressFor(caller: Caller, { perAddress }: { perAddress: number }): string {
  if (perAddress === Infinity) return `198.51.100.${caller.name.length}`;
  sent += 1;
  const network = Math.floor(sent / perAddress);
  return `2001:db8:${perAddress.toString(16)}:${network.toString(16)}::1`;
}

async function ask(route: Route, { caller, place, id, guarded }: Cell): Promise<TestAnswer> {
  const { method, example } = route;
  const may = refusalOf(example, caller) === undefined;
  const own = caller.standing === "elsewhere" ? caller.own : guarded.subjects;
  const standIn = (kind: Kind) => own[kind][0] ?? "";
  const spared = may && place?.in !== "body" ? example.harmless : {};
  const init: TestRequest = { ...example.request, ...spared, method, env: unlimited };
  const pathId =
    place?.in === "path"
      ? id
      : example.id === undefined
        ? ""
        : caller.standing === "inside" || caller.standing === "teamless"
          ? unknownLike(standIn(example.id))
          : standIn(example.id);
  const query = place?.in === "query" ? `?${place.name}=${encodeURIComponent(id)}` : "";
  return askHub(route.path.replace("{id}", encodeURIComponent(pathId)) + query, {
    ...init,
    ...(place?.in === "body" ? { body: withId(init.body, place.name, id) } : {}),
    headers: {
      "cf-connecting-ip": addressFor(caller, {
        perAddress:
          example.permission === undefined ? 1 : !isKnownAt(caller, "/api/v1") ? 200 : Infinity,
      }),
      ...init.headers,
      ...caller.headers,
      ...(place?.in === "header" ? { [place.name]: id } : {}),
    },
  });
}

/** The body with this id in the field, or as the only one of the list that stands there. */
export function withId(body: unknown, field: string, id: string): unknown {
  const [name = "", ...rest] = field.split(".");
  const object = { ...(body as Record<string, unknown> | undefined) };
  const inner = object[name];
  return {
    ...object,
    [name]: rest.length > 0 ? withId(inner, rest.join("."), id) : Array.isArray(inner) ? [id] : id,
  };
}
