import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { newId } from "../../shared/ids";
import { connectFlows } from "../connections/tables";
import { mcpClient } from "../mcp/test-client";
import { notices } from "../notifications/tables";
import { sha256Hex } from "../platform/encoding";
import {
  clientGrants,
  customRoles,
  invitations,
  machineClients,
  passkeys,
  people,
  sessions,
  teams,
} from "../teams/tables";
import type { Subjects } from "./protection/example";
import { askHub, connectServer, createTeam, linkFor, toolNamed, type TestTeam } from "./team";

/** A team that has something of every kind, and the words by which any of it would be known elsewhere. */
export type GuardedTeam = {
  team: TestTeam;
  subjects: Subjects;
  /** Stands in every text the team wrote: names, arguments, results, addresses. */
  word: string;
  /** In its name alone: whoever belongs to it may read that from outside. */
  name: string;
  /** What may stand in nobody else's answer. */
  marks: string[];
  /** The state of a call that waits for its caller. */
  requestState: string;
};

export async function createGuardedTeam(word: string): Promise<GuardedTeam> {
  const team = await createTeam();
  const name = `Team of ${word}`;
  const db = drizzle(env.DB);
  const email = `${word}-owner-${crypto.randomUUID()}@example.com`;
  const member = await team.join("member");
  await db.batch([
    db.update(teams).set({ name }).where(eq(teams.id, team.id)),
    db
      .update(people)
      .set({ name: `Owner ${word}`, email })
      .where(eq(people.id, team.personId)),
  ]);
  const headers = { authorization: `Bearer ${word}-header` };
  const { body: connection } = await connectServer(team, { name: `${word} desk`, headers });
  const echo = await toolNamed(team, "echo");
  const asking = await toolNamed(team, "test_input_required_result_multi_round");
  const idempotencyKey = `${word}-call-0001`;
  const { body: called } = await team.ask(`/api/v1/tools/${echo.id}/call`, {
    body: { arguments: { message: `said ${word}` } },
    headers: { "idempotency-key": idempotencyKey },
  });
  const execution: string = called.execution.id;
  while ((await team.ask(`/api/v1/executions/${execution}`)).body?.status !== "succeeded")
    await scheduler.wait(20);
  const { body: job } = await team.ask("/api/v1/jobs", {
    body: { toolId: echo.id, arguments: { message: `done for ${word}` } },
  });
  while ((await team.ask(`/api/v1/jobs/${job.id}`)).body?.status !== "succeeded")
    await scheduler.wait(20);
  const waiting = await mcpClient(team)(
    "tools/call",
    {
      name: asking.exposedName,
      arguments: {},
    },
    { capabilities: { elicitation: { form: {} } }, headers: { "user-agent": `agent ${word}` } },
  );
  await settled(team);
  const { body: key } = await team.ask("/api/v1/api-keys", { body: { name: `Key ${word}` } });
  const { body: clients } = await team.ask("/api/v1/clients");
  const secretName = `${word.toUpperCase()}_TOKEN`;
  const { body: secret } = await team.ask("/api/v1/secrets", {
    body: { name: secretName, value: `${word}-secret-value`, description: `For ${word}` },
  });
  const session = await openSession(team, word);
  const { body: audit } = await team.ask("/api/v1/audit");
  const rows = await insertRows(team, word);
  const subjects: Subjects = {
    client: clients.items.map(
      (client: { lastSeenAt: number; id: string }) => `${client.lastSeenAt}.${client.id}`,
    ),
    connection: [connection.id, connection.slug],
    email: [`${member.personId}@example.com`],
    execution: [execution],
    idempotencyKey: [idempotencyKey],
    job: [job.id],
    key: [team.keyId, key.id],
    person: [team.personId],
    secret: [secret.id],
    secretName: [secretName],
    session: [session],
    team: [team.id],
    tool: [echo.id, echo.exposedName],
    toolName: [echo.exposedName],
    ...rows,
  };
  const secrets = [team.apiKey.slice(9), key.apiKey.slice(9)];
  return {
    team,
    subjects,
    word,
    name,
    marks: [word, email, audit.items[0].id, ...new Set(Object.values(subjects).flat()), ...secrets],
    requestState: waiting.result.requestState,
  };
}

/** Until the ledger has heard of all that the call which waits has done. */
async function settled(team: TestTeam): Promise<void> {
  for (;;) {
    const { body } = await team.ask("/api/v1/executions?status=running");
    const [waiting] = body.items;
    const events = waiting && (await team.ask(`/api/v1/executions/${waiting.id}/events`)).body;
    const types: string[] = (events?.items ?? []).map(({ type }: { type: string }) => type);
    if (types.includes("input_required") && types.includes("credential_opened")) return;
    await scheduler.wait(20);
  }
}

/** A session of the team's owner, by a link: its id. */
async function openSession(team: TestTeam, word: string): Promise<string> {
  await askHub("/api/auth/sign-in", {
    body: { token: await linkFor(team) },
    headers: { "user-agent": `Browser ${word}` },
  });
  const row = await drizzle(env.DB)
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.userId, team.personId))
    .get();
  return row?.id ?? "";
}

/** What takes a browser, a mail or an AI client to come about, as rows. */
async function insertRows({ id: teamId, personId }: TestTeam, word: string) {
  const db = drizzle(env.DB);
  const now = Date.now();
  const ids = {
    flow: newId("flo"),
    grant: newId("gra"),
    invitation: newId("inv"),
    machine: newId("mac"),
    notice: newId("ntc"),
    passkey: newId("pas"),
    role: newId("rol"),
  };
  const hash = () => sha256Hex(crypto.randomUUID());
  await db.batch([
    db.insert(customRoles).values({
      id: ids.role,
      teamId,
      name: `Role ${word}`,
      description: `For ${word}`,
      permissions: ["tools.read"],
      createdAt: now,
    }),
    db.insert(invitations).values({
      id: ids.invitation,
      teamId,
      email: `invited-${word}@example.com`,
      role: "viewer",
      hash: await hash(),
      invitedBy: personId,
      createdAt: now,
      expiresAt: now + 86_400_000,
    }),
    db.insert(connectFlows).values({
      id: ids.flow,
      teamId,
      actor: { kind: "user", id: personId, personId, sessionId: "ses_none" },
      stateHash: await hash(),
      browserHash: await hash(),
      status: "choosing",
      draft: {
        connector: "mcp",
        method: "oauth",
        name: `Flow ${word}`,
        config: { url: `https://${word}.example.com/mcp`, transport: "auto" },
        params: {},
        scopes: [],
        owner: "team",
        reconnects: null,
      },
      sealed: "",
      choices: { param: "site", label: "Site", options: [{ value: word, name: word }] },
      createdAt: now,
      expiresAt: now + 600_000,
    }),
    db.insert(notices).values({
      id: ids.notice,
      teamId,
      personId,
      kind: "connection.needs_reauth",
      subjectId: `con_${word}`,
      matter: `matter of ${word}`,
      title: `Title ${word}`,
      text: `Text ${word}`,
      path: null,
      createdAt: now,
    }),
    db.insert(clientGrants).values({
      id: ids.grant,
      teamId,
      personId,
      clientId: `client-${word}`,
      clientName: `Client ${word}`,
      redirectHost: `${word}.example.com`,
      resource: "http://127.0.0.1/mcp",
      scopes: ["tools.read"],
      createdAt: now,
    }),
    db.insert(machineClients).values({
      id: ids.machine,
      teamId,
      name: `Machine ${word}`,
      hash: await hash(),
      scopes: ["tools.read"],
      createdBy: personId,
      createdAt: now,
    }),
    db.insert(passkeys).values({
      id: ids.passkey,
      userId: personId,
      name: `Passkey ${word}`,
      publicKey: `key ${word}`,
      credentialID: `credential-${word}`,
      counter: 0,
      deviceType: "singleDevice",
      backedUp: false,
      createdAt: new Date(now),
    }),
  ]);
  return Object.fromEntries(Object.entries(ids).map(([kind, id]) => [kind, [id]])) as Record<
    keyof typeof ids,
    string[]
  >;
}
