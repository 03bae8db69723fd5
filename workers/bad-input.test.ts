import { beforeAll, expect, it } from "vitest";
import { ErrorBody } from "../shared/contracts/errors";
import { errors } from "../shared/errors";
import { badRequestsFor, type BadRequest } from "./testing/bad-input";
import { createGuardedTeam, type GuardedTeam } from "./testing/guarded-team";
import { openApi, routesOf } from "./testing/routes";
import { stateOf } from "./testing/state";
import { unlimited, type Route } from "./testing/sweep";
import { askHub, signIn, type TestAnswer } from "./testing/team";

const document = await openApi();
const routes = routesOf(document);

let clumsy: GuardedTeam;
let key: Record<string, string>;
let session: Record<string, string>;
let before: string[];
const state = () => stateOf(clumsy.team.id, [clumsy.team.id, clumsy.team.personId, clumsy.word]);

beforeAll(async () => {
  clumsy = await createGuardedTeam("dugong");
  key = { authorization: `Bearer ${clumsy.team.apiKey}` };
  session = await signIn(clumsy.team);
  // So that it is known where they ask from.
  for (const who of [key, session])
    await askHub("/api/v1/me", { headers: { ...who, "cf-connecting-ip": "::1" } });
  before = await state();
});

let asked = 0;
function ask({ example }: Route, { path, init }: BadRequest): Promise<TestAnswer> {
  asked += 1;
  const who = example.permission === undefined ? {} : example.sessionOnly ? session : key;
  // What is open counts the failures of an address.
  const address = example.permission === undefined ? `2001:db8:1:${asked.toString(16)}::1` : "::1";
  return askHub(path, {
    ...init,
    env: unlimited,
    headers: { "cf-connecting-ip": address, ...who, ...init.headers },
  });
}

const lasting = routes.filter(({ example }) => !(example.sessionOnly && example.endsSession));

it.each(lasting)("$route refuses whatever is wrong in the one form of errors", async (route) => {
  const faults: string[] = [];
  for (const bad of badRequestsFor(route, document)) {
    const answer = await ask(route, bad);
    const fault = faultOf(answer, mayBeTaken(route, bad));
    if (fault) faults.push(`${bad.what}: ${fault} ${answer.status} ${answer.text.slice(0, 200)}`);
  }
  expect(faults).toEqual([]);
});

/** A list takes any filter it knows, since that only keeps less; but it begins after nothing that is not its own. */
const mayBeTaken = ({ method }: Route, { what }: BadRequest): boolean =>
  method === "GET" ? !/^query (cursor|nobody knows)/.test(what) : !what.startsWith("body");

/** What is wrong with an answer to a wrong request. */
function faultOf(answer: TestAnswer, mayTake: boolean): string | undefined {
  if (answer.status < 400) return mayTake ? undefined : "was taken";
  if (answer.text.length > 20_000) return "gives back what was sent";
  const { data } = ErrorBody.safeParse(answer.body);
  if (!data) return "is no error of the hub";
  if (errors[data.error.code].status !== answer.status) return "has another status than its code";
  return answer.status >= 500 ? "blames the hub" : undefined;
}

it("changed nothing by all of it", async () => {
  expect(await state()).toEqual(before);
});
