import { exposedName } from "../tools/exposed-name";
import { request } from "../mcp/test-client";
import { unknownLike } from "./answers";
import { isKnownAt, type Caller } from "./callers";
import type { GuardedTeam } from "./guarded-team";
import type { McpExample } from "./mcp-protection";
import { addressFor, differences, unlimited, type Findings } from "./sweep";
import { askHub, type TestAnswer } from "./team";

type Era = McpExample["eras"][number];
/** A request at one of the endpoints; `id` is what it names of the guarded team. */
type Cell = { path: (id: string) => string; params: (id: string) => object; id: string };

/** The method × both endpoints × every caller × every name of the guarded team it could send. */
export async function sweepMethod(
  example: McpExample,
  { callers, guarded }: { callers: readonly Caller[]; guarded: GuardedTeam },
): Promise<Findings> {
  const findings: Findings = { cells: 0, faults: [] };
  for (const caller of callers)
    for (const era of example.eras)
      for (const cell of await cellsOf(example, { caller, guarded })) {
        const faults = await judge({ example, era, caller, guarded }, cell);
        const where = `${example.method} (${era}) at ${cell.path(cell.id)}, ${caller.name}, ${cell.id.slice(0, 60)}`;
        findings.faults.push(...faults.map((fault) => `${where}: ${fault}`));
        findings.cells += 1;
      }
  return findings;
}

async function cellsOf(
  { params = {}, names = {} }: McpExample,
  { caller, guarded }: { caller: Caller; guarded: GuardedTeam },
): Promise<Cell[]> {
  const [id = "", slug = ""] = guarded.subjects.connection;
  const places = {
    elsewhere: caller.standing === "elsewhere" ? caller.own.connection[1] : "",
    inside: slug,
    unknown: "anywhere",
    teamless: "anywhere",
  };
  const own = places[caller.standing];
  const cells: Cell[] = [id, slug].map((connection) => ({
    id: connection,
    path: (named) => `/mcp/c/${named}`,
    params: () => params,
  }));
  if (Object.keys(names).length === 0)
    cells.push({ id: "", path: () => "/mcp", params: () => params });
  for (const [field, nameOf] of Object.entries(names)) {
    const name = await nameOf({
      slug,
      exposed: (plain) => exposedName(slug, plain),
      requestState: guarded.requestState,
    });
    for (const path of ["/mcp", `/mcp/c/${own}`])
      cells.push({
        id: name,
        path: () => path,
        params: (named) => withName(params, field.split("."), named),
      });
  }
  return cells;
}

function withName(params: object, [field = "", ...rest]: string[], name: string): object {
  const inner = (params as Record<string, object>)[field];
  return { ...params, [field]: rest.length > 0 ? withName(inner ?? {}, rest, name) : name };
}

type Asked = { example: McpExample; era: Era; caller: Caller; guarded: GuardedTeam };

async function judge(asked: Asked, cell: Cell): Promise<string[]> {
  const { example, caller, guarded } = asked;
  const { id } = cell;
  const answer = await ask(asked, cell);
  const faults: string[] = [];
  const said = `${answer.status} ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500) faults.push(`answered ${said}`);
  if (!isKnownAt(caller, cell.path(id))) {
    if (answer.status !== 401 || !answer.headers.get("www-authenticate")?.startsWith("Bearer"))
      faults.push(`wanted a challenge, got ${said}`);
  } else if (caller.standing === "inside") {
    const { permission = "tools.read" } = example;
    const may = caller.permissions.has("tools.read") && caller.permissions.has(permission);
    const code: unknown = answer.body?.error?.data?.code;
    if (!may && !["forbidden", "not_found"].includes(String(code)))
      faults.push(`wanted forbidden, got ${said}`);
    if (may && code === "forbidden") faults.push(`was refused: ${said}`);
    return faults;
  }
  const nothing = await ask(asked, { ...cell, id: unknownLike(id) });
  return [...faults, ...differences({ answer, nothing }, { caller, id, marks: guarded.marks })];
}

function ask({ example, era, caller }: Asked, { path, params, id }: Cell): Promise<TestAnswer> {
  const { body, headers } = request("matrix", {
    era,
    method: example.method,
    params: { ...params(id) },
    capabilities: { elicitation: { form: {} } },
  });
  return askHub(path(id), {
    body,
    env: unlimited,
    headers: {
      "cf-connecting-ip": addressFor(caller, {
        perAddress: isKnownAt(caller, path(id)) ? Infinity : 200,
      }),
      accept: "application/json, text/event-stream",
      ...headers,
      ...caller.headers,
    },
  });
}
