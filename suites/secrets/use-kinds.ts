// The life of a credential of every kind, with vendors that repeat it wherever they can.
import type { HubProcess } from "../hub-process.ts";
import type { Asker } from "./asker.ts";
import type { Consented, Typed } from "./kinds.ts";
import type { Manner } from "./repeat.ts";
import type { Search } from "./search.ts";
import { mcpHost, type World } from "./world.ts";

type Stage = {
  hub: HubProcess;
  search: Search;
  world: World;
  asker: Asker;
  /** How vendors answer, one after the other. */
  manners: readonly Manner[];
};
const connections = "/api/v1/connections";

/** Made, tried, refused, replaced. Answers with the connection's id. */
export async function useTyped(stage: Stage, typed: Typed): Promise<string> {
  const { asker, world, manners } = stage;
  const { kind, connector, params, config, unreachable = false } = typed;
  const auth = typed.auth();
  const body = {
    connector,
    name: `Of ${kind}`,
    auth,
    ...(config ? { config } : { params }),
    allowUnreachable: unreachable,
  };
  const made = await asker.ask(connections, { body });
  const { id } = made;
  if (typeof id !== "string") throw new Error(`${kind} was not stored: ${JSON.stringify(made)}`);
  const path = `${connections}/${id}`;
  const fetchesTokens = /session|credentials|account|program/.test(kind);
  await everyManner(stage, async (place) => {
    if (place === "tokens" && !fetchesTokens) return;
    await asker.ask(`${path}/test`, { method: "POST" });
    if (place === "tokens") await asker.ask(`${path}/refresh`, { method: "POST" });
    await asker.ask(path);
  });
  // What is refused is repeated by nobody, whoever finds fault with it.
  for (const how of manners.filter((how) => how === "refused" || how === "code")) {
    Object.assign(world.manner, { api: how, tokens: how });
    const other = typed.auth();
    await asker.ask(path, { method: "PATCH", body: { auth: other } });
    await asker.ask(connections, {
      body: { ...body, name: `Refused ${kind} ${how}`, auth: other },
    });
  }
  Object.assign(world.manner, { api: "plain", tokens: "plain" });
  for (const spoilt of spoils(auth)) {
    await asker.ask(path, { method: "PATCH", body: { auth: spoilt } });
    await asker.ask(connections, { body: { ...body, name: `Spoilt ${kind}`, auth: spoilt } });
  }
  const changed = await asker.ask(path, { method: "PATCH", body: { auth: typed.auth() } });
  if (changed.id !== id && !unreachable)
    throw new Error(`${kind} was not replaced: ${JSON.stringify(changed)}`);
  for (const step of ["rotate", "refresh", "test", "sync"])
    await asker.ask(`${path}/${step}`, { method: "POST" });
  return id;
}

/** A line break at its end, lists and texts in its place: what is refused is not repeated. */
function spoils({ method, fields }: ReturnType<Typed["auth"]>): unknown[] {
  const [[name, secret] = ["x", "x"]] = Object.entries(fields).toReversed();
  return [
    { method, fields: { ...fields, [name]: `${secret}\n` } },
    { method, fields: { ...fields, [name]: `${secret}\u0000é` } },
    { method, fields: { ...fields, [name]: [secret] } },
    { method, fields: secret },
  ];
}

async function everyManner(
  { world, manners }: Pick<Stage, "world" | "manners">,
  act: (place: "api" | "tokens") => Promise<void>,
): Promise<void> {
  for (const place of ["api", "tokens"] as const) {
    for (const how of manners) {
      world.manner[place] = how;
      await act(place);
    }
    world.manner[place] = "plain";
  }
}

/** Signed in to at the vendor's page or with a device code, renewed, refused. Answers with the connection's id. */
export async function useConsented(stage: Stage, { kind, start }: Consented): Promise<string> {
  const { asker, world, manners } = stage;
  const begin = { name: `By ${kind}`, ...start };
  const isDevice = start["method"] === "device";
  // What goes wrong on the way: each vendor's answer is told of in the hub's own words.
  for (const how of manners.filter((how) => how !== "plain" && how !== "account")) {
    const flow = await startFlow(stage, begin);
    if (typeof flow.id !== "string") continue;
    const back = isDevice ? undefined : await world.visit(flow.authorizeUrl);
    world.manner.tokens = how;
    if (back) await takeBack(stage, { back, cookie: flow.cookie });
    await readFlow(stage, flow.id);
    world.manner.tokens = "plain";
    await asker.ask(`/api/v1/connect-flows/${flow.id}`, { method: "DELETE" });
  }
  if (!isDevice) await misbehave(stage, begin);
  const flow = await finish(stage, begin, isDevice);
  const id: unknown = flow.connectionId;
  if (typeof id !== "string") throw new Error(`${kind} came to nothing: ${JSON.stringify(flow)}`);
  const path = `${connections}/${id}`;
  for (let renewals = 0; renewals < 3; renewals++)
    await asker.ask(`${path}/refresh`, { method: "POST" });
  await everyManner(stage, async (place) => {
    await asker.ask(`${path}/test`, { method: "POST" });
    // A refusal ends it: that comes last.
    if (place === "tokens" && world.manner.tokens === "failed")
      await asker.ask(`${path}/refresh`, { method: "POST" });
  });
  if (start["connector"] === "mcp") await callTools(stage, id);
  world.manner.tokens = "refused";
  await asker.ask(`${path}/refresh`, { method: "POST" });
  world.manner.tokens = "plain";
  await asker.ask("/api/v1/notices?limit=200");
  const again = await finish(stage, { ...start, connectionId: id }, isDevice);
  if (again.connectionId !== id) throw new Error(`${kind} was not signed in to again.`);
  return id;
}

async function finish(stage: Stage, begin: Record<string, unknown>, isDevice: boolean) {
  const flow = await startFlow(stage, begin);
  if (typeof flow.id !== "string") throw new Error(`Not begun: ${JSON.stringify(flow)}`);
  if (isDevice) {
    const devices = stage.world.vendor("gitlab.canary.example").grants.devices;
    for (const device of devices.values()) device.decision = "grant";
  } else {
    await takeBack(stage, {
      back: await stage.world.visit(flow.authorizeUrl),
      cookie: flow.cookie,
    });
  }
  for (let tries = 0; tries < 40; tries++) {
    const read = await readFlow(stage, flow.id);
    if (read.status === "done" || read.status === "failed") return read;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return readFlow(stage, flow.id);
}

/** The address to send the browser to and the browser's own cookie are told here, and nowhere else. */
async function startFlow({ hub, search }: Stage, body: object) {
  const response = await fetch(`${hub.url}/api/v1/connect-flows`, {
    method: "POST",
    headers: { authorization: `Bearer ${hub.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const [cookie = ""] = (response.headers.get("set-cookie") ?? "").split(";");
  const secret = cookie.split("=")[1] ?? "";
  if (secret !== "") search.plant("the secret of a browser that signs in", secret);
  const flow = JSON.parse(text);
  if (flow.authorizeUrl) {
    const url = new URL(flow.authorizeUrl);
    search.plant("a state", url.searchParams.get("state") ?? "");
  }
  search.answers++;
  search.in("the answer to the start of a sign-in", withoutAddress(text));
  return { ...flow, cookie };
}

async function readFlow({ hub, search }: Stage, id: string) {
  const response = await fetch(`${hub.url}/api/v1/connect-flows/${id}`, {
    headers: { authorization: `Bearer ${hub.apiKey}` },
  });
  const text = await response.text();
  search.answers++;
  search.in("the answer to GET connect-flows/…", withoutAddress(text));
  return JSON.parse(text);
}

const withoutAddress = (text: string) => text.replaceAll(/"authorizeUrl":"[^"]*"/g, "");

async function takeBack(
  { hub, search }: Stage,
  { back, cookie }: { back: URL; cookie: string },
): Promise<void> {
  const response = await fetch(`${hub.url}/oauth/callback${back.search}`, {
    redirect: "manual",
    headers: { cookie, accept: "text/html" },
  });
  search.answers++;
  const head = [...response.headers].join("\n");
  search.in("the answer to the callback", `${head}\n${await response.text()}`);
}

/** Callbacks that are not what they should be. */
async function misbehave(stage: Stage, begin: Record<string, unknown>): Promise<void> {
  const changes: ((back: URL, cookie: string) => string)[] = [
    (back, cookie) => (back.searchParams.set("code", `${back.searchParams.get("code")}0`), cookie),
    (back) => (back.searchParams.append("x", "y"), ""),
    (back, cookie) => (back.searchParams.append("state", "twice"), cookie),
    (back, cookie) => {
      back.searchParams.set("error", back.searchParams.get("code") ?? "");
      back.searchParams.set("error_description", back.search);
      return cookie;
    },
    (back, cookie) => (
      back.searchParams.set("iss", `https://${back.searchParams.get("code")}`),
      cookie
    ),
  ];
  for (const [at, change] of changes.entries()) {
    const flow = await startFlow(stage, {
      ...begin,
      name: `Callback ${at}, ${crypto.randomUUID()}`,
    });
    if (typeof flow.authorizeUrl !== "string") return;
    const back = await stage.world.visit(flow.authorizeUrl);
    const cookie = change(back, flow.cookie);
    await takeBack(stage, { back, cookie });
    await takeBack(stage, { back, cookie: flow.cookie });
    await readFlow(stage, flow.id);
    await stage.asker.ask(`/api/v1/connect-flows/${flow.id}`, { method: "DELETE" });
  }
}

async function callTools({ asker, world, manners }: Stage, id: string): Promise<void> {
  const { items } = await asker.ask(`/api/v1/tools?limit=200&connection=${id}`);
  const [tool] = items as { id: string; exposedName: string }[];
  if (!tool) throw new Error(`${mcpHost} offers no tool.`);
  for (const how of manners) {
    world.manner.api = how;
    await asker.ask(`/api/v1/tools/${tool.id}/call`, { body: { arguments: {} } });
    for (const surface of ["mcp-2025", "mcp-2026"] as const)
      await asker.mcp(surface, "/mcp", "tools/call", {
        name: tool.exposedName,
        arguments: {},
        _meta: { progressToken: "watch" },
      });
  }
  world.manner.api = "plain";
  const { items: executions } = await asker.ask(`/api/v1/executions?limit=200&connection=${id}`);
  for (const execution of executions as { id: string }[]) {
    await asker.ask(`/api/v1/executions/${execution.id}`);
    await asker.ask(`/api/v1/executions/${execution.id}/events`);
  }
}
