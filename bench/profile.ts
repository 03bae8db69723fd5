// Where a hub's time goes: V8's sampling profiler in workerd, asked over its inspector while the hub is under load.
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../scripts/build.ts";
import { runtimeEnvironment, takeDataFolder } from "../scripts/data-folder.ts";
import { ask, freePort } from "../suites/hub-process.ts";
import { atEnd } from "./ending.ts";
import { hubTargets, type Upstreams } from "./gateways.ts";
import { measure } from "./load.ts";
import type { Options } from "./options.ts";
import { tell } from "./print.ts";
import { treeOf } from "./processes.ts";

export type ProfileRow = { place: string; self: number; total: number };
export type Profile = {
  target: string;
  callsPerSecond: number;
  cpuPerCall: number | null;
  /** Shares of the time in which the runtime did something, by file; highest first. */
  byFile: ProfileRow[];
  byFunction: ProfileRow[];
};

type CallFrame = { functionName: string; url: string; lineNumber: number; columnNumber: number };
type Node = { id: number; callFrame: CallFrame; children?: number[] };
type CpuProfile = { nodes: Node[]; samples: number[]; timeDeltas: number[] };

export async function profileHub(upstreams: Upstreams, options: Options): Promise<Profile[]> {
  const { hub, inspectorPort } = await startInspectedHub();
  const targets = await hubTargets(hub, upstreams, treeOf(process.pid).slice(1));
  const inspector = await Inspector.open(inspectorPort);
  const map = readSourceMap();
  const profiles: Profile[] = [];
  for (const target of targets) {
    await measure(target, { concurrency: 16, seconds: 2 });
    await inspector.send("Profiler.enable");
    await inspector.send("Profiler.setSamplingInterval", { interval: 200 });
    await inspector.send("Profiler.start");
    const slice = await measure(target, { concurrency: 16, seconds: options.seconds * 4 });
    const { profile } = (await inspector.send("Profiler.stop")) as { profile: CpuProfile };
    tell(
      `profile ${target.name}: ${Math.round(slice.callsPerSecond)}/s, ${profile.samples.length} samples`,
    );
    profiles.push({
      target: target.name,
      callsPerSecond: slice.callsPerSecond,
      cpuPerCall: slice.cpuPerCall,
      ...judge(profile, map),
    });
  }
  inspector.close();
  return profiles;
}

async function startInspectedHub() {
  const data = mkdtempSync(join(tmpdir(), "plugboard-bench-"));
  atEnd(() => rmSync(data, { recursive: true, force: true }));
  atEnd(takeDataFolder(data));
  const environment = runtimeEnvironment(data);
  const inspectorPort = await freePort();
  const runtime = environment["MINIFLARE_WORKERD_PATH"] ?? "";
  const wrapper = join(data, "workerd-inspected.sh");
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexec "${runtime}" "$@" --inspector-addr=127.0.0.1:${inspectorPort}\n`,
  );
  chmodSync(wrapper, 0o755);
  Object.assign(process.env, environment, { MINIFLARE_WORKERD_PATH: wrapper });
  const built = await build();
  const { startHub } = await import("../scripts/hub.ts");
  const port = await freePort();
  const limit = "100000000";
  const hub = await startHub({
    built,
    port,
    data,
    vars: {
      PLUGBOARD_ALLOW_LOOPBACK: "true",
      PLUGBOARD_DOH_URL: "",
      PLUGBOARD_HOSTS: `127.0.0.1:${port},localhost:${port}`,
      PLUGBOARD_USER_PER_MINUTE: limit,
      PLUGBOARD_CONNECTION_PER_MINUTE: limit,
    },
  });
  atEnd(hub.stop);
  const url = `http://127.0.0.1:${port}`;
  const { body } = await ask({ url, apiKey: hub.setupToken }, "/api/auth/setup", {
    body: { team: "Bench", owner: "Bench" },
  });
  return { hub: { url, port, apiKey: body.apiKey as string }, inspectorPort };
}

/** The Chrome DevTools Protocol, as far as it is needed. */
class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: { result?: unknown; error?: unknown }) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(String(data)) as { id?: number; result?: unknown };
      this.#waiting.get(message.id ?? 0)?.(message);
    });
  }

  static async open(port: number): Promise<Inspector> {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const found = (await answer.json()) as { id: string; webSocketDebuggerUrl: string }[];
    const worker = found.find(({ id }) => id.includes("plugboard"));
    if (!worker) throw new Error(`workerd inspects no Worker: ${JSON.stringify(found)}`);
    const socket = new WebSocket(worker.webSocketDebuggerUrl);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", reject, { once: true });
    });
    return new Inspector(socket);
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = new Promise<{ result?: unknown; error?: unknown }>((resolve) =>
      this.#waiting.set(id, resolve),
    );
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    this.#waiting.delete(id);
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result;
  }

  close(): void {
    this.#socket.close();
  }
}

type Sources = { map: SourceMap; lines: Map<string, string[]> };

function readSourceMap(): Sources {
  const payload = JSON.parse(
    readFileSync(join(".build", "worker", "index.js.map"), "utf8"),
  ) as SourceMapPayload;
  const lines = new Map(
    payload.sources.map((source, i) => [source, (payload.sourcesContent[i] ?? "").split("\n")]),
  );
  return { map: new SourceMap(payload), lines };
}

/** File, line and the beginning of that line, which names the function better than its minified name. */
function placeOf(
  { functionName, url, lineNumber, columnNumber }: CallFrame,
  { map, lines }: Sources,
) {
  if (url === "") return { file: functionName, place: functionName };
  const entry = map.findEntry(lineNumber, columnNumber);
  if (!("originalSource" in entry))
    return { file: url, place: `${functionName} ${url}:${lineNumber + 1}` };
  const file = entry.originalSource.replace(/^.*?(?=(node_modules|workers|shared)\/)/, "");
  const text = lines.get(entry.originalSource)?.[entry.originalLine]?.trim() ?? functionName;
  return { file, place: `${file}:${entry.originalLine + 1} ${text.slice(0, 60)}` };
}

const idle = new Set(["(idle)", "(root)"]);

function judge({ nodes, samples, timeDeltas }: CpuProfile, sources: Sources) {
  const parents = new Map<number, number>();
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame, sources)]));
  const selfOf = new Map<number, number>();
  let busy = 0;
  for (const [i, id] of samples.entries()) {
    if (idle.has(places.get(id)?.place ?? "")) continue;
    const delta = timeDeltas[i] ?? 0;
    busy += delta;
    selfOf.set(id, (selfOf.get(id) ?? 0) + delta);
  }
  const sums = { file: new Map<string, ProfileRow>(), place: new Map<string, ProfileRow>() };
  for (const [id, time] of selfOf) {
    for (const kind of ["file", "place"] as const) {
      const rows = sums[kind];
      const seen = new Set<string>();
      for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
        const name = places.get(at)?.[kind] ?? "";
        const row = rows.get(name) ?? { place: name, self: 0, total: 0 };
        if (at === id) row.self += time / busy;
        if (!seen.has(name)) row.total += time / busy;
        seen.add(name);
        rows.set(name, row);
      }
    }
  }
  const ordered = (rows: Map<string, ProfileRow>) =>
    [...rows.values()].filter(({ place }) => !idle.has(place)).sort((a, b) => b.self - a.self);
  return { byFile: ordered(sums.file), byFunction: ordered(sums.place) };
}
