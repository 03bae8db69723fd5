import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { auditEntries } from "../audit/tables";
import { toBase64Url, toHex, utf8 } from "../platform/encoding";
import { faults, isFaultName } from "../testing/faults/faults";
import { connectServer, createTeam, toolNamed } from "../testing/team";
import { connections } from "./tables";

const password = "p4ss/w+rd~77aa01";
const token = 'sk-live/4f9a+Zz_81"q';
const headers = {
  Authorization: `Basic ${btoa(`bob:${password}`)}`,
  "X-Api-Key": token,
  Cookie: "session=0f8e7d6c5b4a3921; theme=dark",
};
const secrets = [password, token, btoa(`bob:${password}`), "0f8e7d6c5b4a3921", `bob:${password}`];

/** The forms a secret is looked for in, and its first dozen of characters. */
const tells = secrets.flatMap((secret) => {
  const bytes = utf8(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const escaped = Array.from(secret)
    .map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  return [
    secret,
    json,
    btoa(secret),
    toBase64Url(bytes),
    toHex(bytes),
    encodeURIComponent(secret),
    escaped,
    escaped.replaceAll("\\", "\\\\"),
  ].map((form) => form.slice(0, form.startsWith("\\") ? 60 : 12));
});

const echoing = Object.keys(faults)
  .filter(isFaultName)
  .filter((name) => /^(error_|html_)?echo_/.test(name));

it.each(echoing)(
  "a server that %ss finds no ear: no answer, record or ledger holds a secret",
  async (name) => {
    const team = await createTeam();
    const url = `${env.FAULTS_URL}/f/${name}/mcp`;
    const connected = await connectServer(team, { url, headers });
    expect(connected.status).toBe(201);
    const { id } = await toolNamed(team, "probe");
    const answers = [connected];
    const ask = async (...of: Parameters<typeof team.ask>) => {
      const answer = await team.ask(...of);
      answers.push(answer);
      return answer;
    };

    const called = await ask(`/api/v1/tools/${id}/call`, { body: { arguments: { text: "hi" } } });
    if (name.startsWith("echo")) expect(called.text).toContain("[secret]");
    const accept = "application/json, text/event-stream";
    const rpc = { jsonrpc: "2.0", id: 1 };
    const legacy = { accept, "mcp-protocol-version": "2025-11-25" };
    await ask("/mcp", { body: { ...rpc, method: "tools/list", params: {} }, headers: legacy });
    const over = await ask("/mcp", {
      body: { ...rpc, method: "tools/call", params: { name: "fixture__probe", arguments: {} } },
      headers: legacy,
    });
    expect(over.text).toContain('"jsonrpc"');
    for (const side of ["connect", "list"]) {
      await ask(`/api/v1/connections/${connected.body.id}`, {
        method: "PATCH",
        body: { config: { url: `${url}?side=${side}` } },
      });
      await ask("/api/v1/connections", {
        body: {
          connector: "mcp",
          name: side,
          allowUnreachable: true,
          config: { url: `${url}?side=${side}`, headers },
        },
      });
      await ask(`/api/v1/connections/${side}/test`, { method: "POST" });
      await ask(`/api/v1/connections/${side}/sync`, { method: "POST" });
    }
    await expect
      .poll(async () => (await team.ask("/api/v1/executions")).body.items)
      .toHaveLength(2);
    const { body } = await ask("/api/v1/executions");
    for (const { id: executionId } of body.items) {
      const execution = await ask(`/api/v1/executions/${executionId}`);
      expect(execution.status).toBe(200);
    }
    await ask("/api/v1/audit");
    await ask("/api/v1/connections");
    await ask("/api/v1/tools");

    const db = drizzle(env.DB);
    const rows = JSON.stringify([
      await db.select().from(connections).where(eq(connections.teamId, team.id)),
      await db.select().from(auditEntries).where(eq(auditEntries.teamId, team.id)),
    ]);
    for (const text of [
      rows,
      ...answers.map((answer) => `${JSON.stringify([...answer.headers])} ${answer.text}`),
    ])
      for (const tell of tells) expect(text).not.toContain(tell);
  },
);
