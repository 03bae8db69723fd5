// One hub, every kind of secret it can hold, and a look into everything it said and wrote.
import { randomBytes } from "node:crypto";
import { processes, startHubProcess, waitUntil, type HubProcess } from "../hub-process.ts";
import { Asker } from "./asker.ts";
import { castOf } from "./kinds.ts";
import { searchFolder, watch } from "./places.ts";
import type { Manner } from "./repeat.ts";
import type { Search } from "./search.ts";
import { useConsented, useTyped } from "./use-kinds.ts";
import { random } from "./wardrobe.ts";
import { ssoHost, startWorld } from "./world.ts";

const secretName = "CANARY";

export type Counts = { connections: number; messages: number; files: number; pages: number };

/** `pages` are paths of the dashboard; `ID` in one stands for each connection. */
export async function runKinds(
  search: Search,
  { pages, manners }: { pages: readonly string[]; manners: readonly Manner[] },
): Promise<Counts> {
  const cast = castOf(search, secretName);
  const world = await startWorld(search, { quirks: cast.quirks, clientSecret: cast.registered });
  const hub = await startHubProcess({
    script: "suites/secrets/proxied-hub.ts",
    env: { PROXY: world.proxy, ...deploymentsSecrets(search) },
  });
  const dashboard = await openDashboard(hub);
  try {
    search.plant("the hub's API key", hub.apiKey);
    const link = /sign-in\?token=(\S+)/.exec(hub.output())?.[1] ?? "";
    search.plant("the sign-in token", link);
    for (const { name, value } of await dashboard.cookies())
      if (value.length > 20) search.plant(`the hub's cookie ${name}`, decodeURIComponent(value));
    const live = await watch(hub, search);
    const asker = new Asker(hub, search, "kinds");
    const stage = { hub, search, world, asker, manners };
    const secretId = await keepTeamSecrets(asker, search, cast.app);
    const ids: string[] = [];
    for (const typed of cast.typed) ids.push(await useTyped(stage, typed));
    for (const consented of cast.consented) ids.push(await useConsented(stage, consented));
    await useTeamSecret(asker, search, secretId);
    await askForAll(asker);
    const before = searchFolder(search, hub.data, "with every kind of secret");
    const looked = await dashboard.lookAt(pages, ids, (place, text) => search.in(place, text));
    await rotateKeys(asker, hub);
    for (const [at, id] of ids.entries()) {
      if (at % 2 === 0) await asker.ask(`/api/v1/connections/${id}/revoke`, { method: "POST" });
      await asker.ask(`/api/v1/connections/${id}`, { method: "DELETE" });
    }
    await asker.ask("/api/v1/oauth-apps/gitlab", { method: "DELETE" });
    await asker.ask(`/api/v1/secrets/${secretId}`, { method: "DELETE" });
    await askForAll(asker);
    for (const { command } of processes()) search.in("a command line", command);
    live.close();
    await hub.stop();
    const after = searchFolder(search, hub.data, "once every kind is gone");
    const printed = hub
      .output()
      .replaceAll(hub.apiKey, "")
      .replaceAll(/sign-in\?token=\S+/g, "");
    search.in("the hub's output", printed);
    if (live.messages() === 0) throw new Error("The live stream said nothing.");
    return {
      connections: ids.length,
      messages: live.messages(),
      files: before + after,
      pages: looked,
    };
  } finally {
    await dashboard.close();
    await hub.stop();
    world.close();
    hub.clear();
  }
}

type Dashboard = {
  cookies: () => Promise<{ name: string; value: string }[]>;
  lookAt: (
    pages: readonly string[],
    ids: readonly string[],
    tell: (place: string, text: string) => void,
  ) => Promise<number>;
  close: () => Promise<void>;
};

/** What runs in pages is typed as they are, and loaded apart. */
async function openDashboard(hub: HubProcess): Promise<Dashboard> {
  const { runnerImport } = await import("vite");
  type Pages = { openDashboard: (hub: HubProcess) => Promise<Dashboard> };
  const { module } = await runnerImport<Pages>("./suites/browser/look-at-pages.ts");
  return module.openDashboard(hub);
}

/** What a deployment is given in its environment. */
function deploymentsSecrets(search: Search): Record<string, string> {
  const secret = (kind: string, value = random(40)) => {
    search.plant(kind, value);
    return value;
  };
  const master = randomBytes(32);
  search.plant("a master key's bytes", master);
  return {
    PLUGBOARD_MASTER_KEYS: JSON.stringify({
      first: master.toString("base64"),
      second: {
        passphrase: secret("a master key's passphrase"),
        salt: randomBytes(16).toString("base64"),
        iterations: 600_000,
      },
    }),
    PLUGBOARD_AUTH_SECRET: secret("the secret that sessions are signed with"),
    PLUGBOARD_OAUTH_APPS: JSON.stringify({
      salesforce: { clientId: "ours", clientSecret: secret("the deployment's OAuth app secret") },
    }),
    PLUGBOARD_OIDC: JSON.stringify([
      {
        id: "company",
        name: "Company",
        issuer: `https://${ssoHost}`,
        clientId: "hub",
        clientSecret: secret("the deployment's SSO client secret"),
      },
    ]),
  };
}

/** What a team is given besides connections. Answers with its secret's id. */
async function keepTeamSecrets(
  asker: Asker,
  search: Search,
  app: { clientId: string; clientSecret: string },
): Promise<string> {
  const value = random(40);
  search.plant("a secret of the team", value);
  const made = await asker.ask("/api/v1/secrets", { body: { name: secretName, value } });
  if (typeof made.id !== "string") throw new Error(`No secret: ${JSON.stringify(made)}`);
  await asker.ask("/api/v1/secrets", { body: { name: secretName, value } });
  await asker.ask("/api/v1/secrets", { body: { name: value, value } });
  await asker.ask("/api/v1/secrets", { body: { name: "ANOTHER", value: `${value}\n` } });
  await asker.ask("/api/v1/secrets", { body: `{"name":"ANOTHER","value":"${value}",,` });
  const stored = await asker.ask("/api/v1/oauth-apps/gitlab", { method: "PUT", body: app });
  if (stored.hasSecret !== true) throw new Error(`No app: ${JSON.stringify(stored)}`);
  const clientSecret = `${app.clientSecret} ${app.clientSecret}`;
  for (const wrong of [{ clientSecret }, { clientId: [clientSecret] }])
    await asker.ask("/api/v1/oauth-apps/gitlab", { method: "PUT", body: { ...app, ...wrong } });
  const sso = {
    issuer: `https://${ssoHost}`,
    clientId: "hub",
    clientSecret: random(40),
    domain: "canary.example",
  };
  search.plant("an SSO client's secret", sso.clientSecret);
  const put = await asker.ask("/api/v1/team/sso", { method: "PUT", body: sso });
  if (!put.provider) throw new Error(`No SSO: ${JSON.stringify(put)}`);
  await asker.ask("/api/v1/team/sso", {
    method: "PUT",
    body: { ...sso, issuer: sso.clientSecret },
  });
  return made.id;
}

async function useTeamSecret(asker: Asker, search: Search, id: string): Promise<void> {
  const value = random(40);
  search.plant("a secret of the team, changed", value);
  await asker.ask(`/api/v1/secrets/${id}`, { method: "PATCH", body: { value } });
  await asker.ask(`/api/v1/secrets/${id}`, { method: "DELETE" });
  for (const header of [`Bearer ${value}`, value, `Bearer ${asker.apiKey}0`])
    await asker.ask("/api/v1/me", { headers: { authorization: header } });
  await asker.ask(`/oauth/callback?state=${value}&code=${value}`);
  await asker.ask("/api/v1/connections", { body: `{"auth":{"fields":{"token":"${value}"}},` });
}

/** Everything that can be read. */
async function askForAll(asker: Asker): Promise<void> {
  for (const path of [
    "/api/openapi.json",
    "/api/docs",
    "/health/ready",
    "/api/auth/outbox",
    "/api/v1/me",
    "/api/v1/team",
    "/api/v1/team/sso",
    "/api/v1/api-keys",
    "/api/v1/connections?limit=200",
    "/api/v1/connections/export",
    "/api/v1/connectors?limit=200",
    "/api/v1/connectors/gitlab",
    "/api/v1/oauth-apps",
    "/api/v1/secrets",
    "/api/v1/vault",
    "/api/v1/notices?limit=200",
    "/api/v1/executions?limit=200",
    "/api/v1/audit/export?format=csv",
    "/api/v1/audit/export?format=jsonl",
    "/api/v1/clients",
    "/api/v1/machine-clients",
  ]) {
    await asker.ask(path);
    if (asker.status !== 200) throw new Error(`${path} is answered with ${asker.status}.`);
  }
  let cursor = "";
  do {
    const page = await asker.ask(`/api/v1/audit?limit=200${cursor && `&cursor=${cursor}`}`);
    cursor = String(page.nextCursor ?? "");
  } while (cursor !== "");
}

async function rotateKeys(asker: Asker, hub: HubProcess): Promise<void> {
  await asker.ask("/api/v1/vault/verify", { body: {} });
  await asker.ask("/api/v1/vault/rotate", { body: {} });
  let at = Date.now();
  const done = await waitUntil(async () => {
    await hub.fire("*/5 * * * *", (at += 300_000));
    return (await asker.ask("/api/v1/vault")).rotation?.state !== "running";
  }, 120_000);
  if (!done) throw new Error("The team's keys were not rotated within two minutes.");
  const { faults } = await asker.ask("/api/v1/vault/verify", { body: {} });
  if (faults?.length !== 0) throw new Error(`Faults: ${JSON.stringify(faults)}`);
}
