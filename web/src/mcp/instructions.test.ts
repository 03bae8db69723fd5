import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyPlaceholder, keyVariable } from "./configs";
import { instructions } from "./instructions";
import { clientIds, type ClientId } from "./search";
import type { Instructions } from "./step";

const endpoint = "https://hub.example.com/mcp";
const local = "http://localhost:8787/mcp";
const key = "pb_abcDEF123";
const asked = { endpoint, key, name: "plugboard" };
/** Where the client signs in with its person's account. */
const byAccount = { endpoint, name: "plugboard" };
const aiClients = clientIds.filter((client) => client !== "rest");

const stepsOf = ({ ways }: Instructions) => ways.flatMap(({ steps }) => steps);
const codesOf = (made: Instructions) => stepsOf(made).flatMap(({ code }) => code?.text ?? []);
const linksOf = (made: Instructions) =>
  stepsOf(made).flatMap(({ links }) => links?.map(({ href }) => href) ?? []);
const commandsOf = (made: Instructions) =>
  stepsOf(made).flatMap(({ code }) => (code?.label === "Command" ? code.text : []));
const jsonsOf = (made: Instructions) =>
  codesOf(made)
    .filter((code) => code.startsWith("{"))
    .map((code) => JSON.parse(code) as Record<string, Record<string, Record<string, unknown>>>);

/** What a shell hands to the program of this command. */
function wordsOf(command: string, environment: Record<string, string> = {}): string[] {
  const [, ...rest] = command.split(" ");
  const script = `printf '%s\\0' ${rest.join(" ")}`;
  return execFileSync("sh", ["-c", script], { env: environment, encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

describe("the steps of every client", () => {
  it.each(clientIds)("name the address and the key or where it goes: %s", (client) => {
    for (const where of [endpoint, local]) {
      const made = instructions({ ...asked, endpoint: where, client });
      const whole = JSON.stringify(made) + linksOf(made).map(decoded).join("");
      expect(whole).toContain(client === "rest" ? new URL(where).origin : where);
      if (client !== "chatgpt") expect(whole).toContain(key);
      expect(made.ways.every(({ title, steps }) => title !== "" && steps.length > 0)).toBe(true);
    }
  });

  it.each(clientIds)("keep a place for a key the reader has: %s", (client) => {
    const whole = JSON.stringify(instructions({ ...asked, key: null, client }));
    expect(whole).not.toContain("null");
    if (!["chatgpt", "vscode"].includes(client)) expect(whole).toMatch(/YOUR_API_KEY|config=/);
  });

  it.each(aiClients)("name the address, and no key, where it signs in by account: %s", (client) => {
    for (const where of [endpoint, local]) {
      const made = instructions({ ...byAccount, endpoint: where, client });
      const whole = JSON.stringify(made) + linksOf(made).map(decoded).join("");
      expect(whole).toContain(where);
      for (const never of ["Bearer", keyPlaceholder, keyVariable, "null", "undefined"])
        expect(whole).not.toContain(never);
      expect(whole).toContain("press “Allow”");
    }
  });

  it.each(["claude", "chatgpt"] satisfies ClientId[])(
    "say plainly what %s on the web cannot reach, and what it takes no key for",
    (client) => {
      const noticeAt = (where: string, how: object = {}) =>
        instructions({ ...byAccount, ...how, client, endpoint: where }).notice;
      for (const way of [{}, { key }]) {
        expect(noticeAt(local, way)).toContain("cannot reach it");
        expect(noticeAt("http://hub.internal/mcp", way)).toContain("no https address");
      }
      expect(noticeAt(endpoint)).toBeUndefined();
      expect(noticeAt(endpoint, { key })).toContain("signs in with your account");
    },
  );
});

const decoded = (href: string): string => {
  const config = /&config=([^&]+)$/.exec(href)?.[1];
  return config === undefined ? decodeURIComponent(href) : atob(decodeURIComponent(config));
};

describe("configuration files", () => {
  it.each<[ClientId, string, string]>([
    ["cursor", "mcpServers", "url"],
    ["windsurf", "mcpServers", "serverUrl"],
    ["gemini-cli", "mcpServers", "httpUrl"],
    ["json", "mcpServers", "url"],
    ["vscode", "servers", "url"],
  ])("of %s hold the address and the header as it wants them", (client, servers, url) => {
    const [config] = jsonsOf(instructions({ ...asked, client }));
    const server = config?.[servers]?.["plugboard"];
    expect(server?.[url]).toBe(endpoint);
    expect(server?.["headers"]).toEqual({ Authorization: `Bearer ${key}` });
  });

  it("of Claude Desktop start a bridge whose header has no space", () => {
    const [config] = jsonsOf(instructions({ ...asked, client: "claude" }));
    expect(config?.["mcpServers"]?.["plugboard"]).toEqual({
      command: "npx",
      args: ["-y", "mcp-remote", endpoint, "--header", "Authorization:${AUTH_HEADER}"],
      env: { AUTH_HEADER: `Bearer ${key}` },
    });
  });

  it("let the bridge take http only where it has to be told", () => {
    const argsAt = (where: string) =>
      JSON.stringify(jsonsOf(instructions({ ...asked, client: "claude", endpoint: where })));
    expect(argsAt("http://hub.internal/mcp")).toContain("--allow-http");
    expect(argsAt(local)).not.toContain("--allow-http");
    expect(argsAt(endpoint)).not.toContain("--allow-http");
  });

  it.each<[ClientId, string, object]>([
    ["cursor", "mcpServers", { url: endpoint }],
    ["windsurf", "mcpServers", { serverUrl: endpoint }],
    ["gemini-cli", "mcpServers", { httpUrl: endpoint }],
    ["json", "mcpServers", { type: "http", url: endpoint }],
    ["vscode", "servers", { type: "http", url: endpoint }],
    ["claude-code", "mcpServers", { type: "http", url: endpoint }],
  ])("of %s hold the address alone where it signs in by account", (client, servers, server) => {
    const [config] = jsonsOf(instructions({ ...byAccount, client }));
    expect(config?.[servers]).toEqual({ plugboard: server });
    expect(config).not.toHaveProperty("inputs");
  });

  it("of Claude Desktop start a bridge that signs in by itself where there is no key", () => {
    const made = instructions({ ...byAccount, client: "claude", endpoint: local });
    expect(jsonsOf(made)[0]?.["mcpServers"]?.["plugboard"]).toEqual({
      command: "npx",
      args: ["-y", "mcp-remote", local],
    });
  });

  it("that are shared with a project never hold the key", () => {
    const [shared] = jsonsOf(instructions({ ...asked, client: "claude-code" }));
    expect(shared?.["mcpServers"]?.["plugboard"]?.["headers"]).toEqual({
      Authorization: "Bearer ${PLUGBOARD_API_KEY}",
    });
    expect(JSON.stringify(shared)).not.toContain(key);
  });

  it("of VS Code ask for a key that is not known, and keep it secret", () => {
    const [config] = jsonsOf(instructions({ ...asked, key: null, client: "vscode" }));
    expect(config?.["inputs"]).toMatchObject([{ type: "promptString", password: true }]);
    expect(JSON.stringify(config)).toContain("Bearer ${input:plugboard-key}");
  });

  it("of Codex are TOML that names the variable, not the key", () => {
    const made = instructions({ ...asked, client: "codex" });
    const toml = codesOf(made).find((code) => code.startsWith("["));
    expect(toml?.split("\n")).toEqual([
      "[mcp_servers.plugboard]",
      `url = "${endpoint}"`,
      'bearer_token_env_var = "PLUGBOARD_API_KEY"',
    ]);
    const account = codesOf(instructions({ ...byAccount, client: "codex" }));
    expect(account).toContain(["[mcp_servers.plugboard]", `url = "${endpoint}"`].join("\n"));
  });
});

describe("links that open a client", () => {
  it("of Cursor carry the server in base64", () => {
    const [link = ""] = linksOf(instructions({ ...asked, client: "cursor" }));
    const { protocol, searchParams } = new URL(link);
    expect(protocol).toBe("cursor:");
    expect(searchParams.get("name")).toBe("plugboard");
    expect(JSON.parse(atob(searchParams.get("config") ?? ""))).toEqual({
      url: endpoint,
      headers: { Authorization: `Bearer ${key}` },
    });
  });

  it("of VS Code carry the server in their query", () => {
    const links = linksOf(instructions({ ...asked, client: "vscode" }));
    expect(links.map((link) => link.split(":")[0])).toEqual(["vscode", "vscode-insiders"]);
    for (const link of links)
      expect(JSON.parse(decodeURIComponent(link.slice(link.indexOf("?") + 1)))).toEqual({
        name: "plugboard",
        type: "http",
        url: endpoint,
        headers: { Authorization: `Bearer ${key}` },
      });
  });
});

describe("links where the client signs in by account", () => {
  it.each<ClientId>(["cursor", "vscode"])("of %s carry the address alone", (client) => {
    for (const link of linksOf(instructions({ ...byAccount, client }))) {
      const said = JSON.parse(
        client === "cursor" ? decoded(link) : (decoded(link).split("?")[1] ?? ""),
      ) as object;
      expect(said).toMatchObject({ url: endpoint });
      expect(said).not.toHaveProperty("headers");
      expect(said).not.toHaveProperty("inputs");
    }
  });
});

describe("commands", () => {
  const header = `Authorization: Bearer ${key}`;

  it.each<[ClientId, string[]]>([
    [
      "claude-code",
      [
        "mcp",
        "add",
        "--scope",
        "user",
        "--transport",
        "http",
        "plugboard",
        endpoint,
        "--header",
        header,
      ],
    ],
    [
      "gemini-cli",
      [
        "mcp",
        "add",
        "--scope",
        "user",
        "--transport",
        "http",
        "--header",
        header,
        "plugboard",
        endpoint,
      ],
    ],
  ])("of %s arrive word by word", (client, words) => {
    expect(wordsOf(commandsOf(instructions({ ...asked, client }))[0] ?? "")).toEqual(words);
  });

  it.each<[ClientId, string]>([
    ["claude-code", `claude mcp add --scope user --transport http plugboard ${endpoint}`],
    ["codex", `codex mcp add plugboard --url ${endpoint}`],
    ["gemini-cli", `gemini mcp add --scope user --transport http plugboard ${endpoint}`],
  ])("of %s name the address alone where it signs in by account", (client, command) => {
    expect(commandsOf(instructions({ ...byAccount, client }))[0]).toBe(command);
  });

  it("are the same to every shell where they can be", () => {
    const [command] = commandsOf(instructions({ ...asked, client: "claude-code" }));
    expect(command).not.toContain("'");
  });

  it("hand over any key, address and name unchanged", () => {
    const text = fc
      .string({ unit: "binary", minLength: 1, maxLength: 40 })
      .filter((value) => !value.includes("\0") && value.isWellFormed());
    fc.assert(
      fc.property(text, text, (anyKey, name) => {
        const made = instructions({ client: "claude-code", endpoint, key: anyKey, name });
        const words = wordsOf(commandsOf(made)[0] ?? "");
        expect(words[6]).toBe(name);
        expect(words.at(-1)).toBe(`Authorization: Bearer ${anyKey}`);
      }),
      { numRuns: 40 },
    );
  });

  it("put the key into the environment and call a tool over REST with it", () => {
    const tool = { id: "tool_1", exposedName: "tickets__echo", inputSchema: {} };
    const sample = { title: "Echo", tool, args: { message: "it's $HOME" } };
    const made = instructions({ ...asked, client: "rest", sample });
    const [setKey = "", list = "", call = ""] = commandsOf(made);
    expect(setKey).toBe(`export PLUGBOARD_API_KEY=${key}`);
    const environment = { PLUGBOARD_API_KEY: key };
    expect(wordsOf(list, environment)).toEqual([
      "https://hub.example.com/api/v1/tools",
      "-H",
      header,
    ]);
    const words = wordsOf(call, environment);
    expect(words[0]).toBe("https://hub.example.com/api/v1/tools/tool_1/call");
    expect(words).toContain(header);
    expect(JSON.parse(words.at(-1) ?? "")).toEqual({ arguments: sample.args });
  });

  it("list the tools of the one connection that was chosen", () => {
    const made = instructions({ ...asked, client: "rest", endpoint: `${endpoint}/c/tickets` });
    expect(commandsOf(made)[1]).toContain("/api/v1/tools?connection=tickets");
  });
});
