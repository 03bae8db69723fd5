// The clients the hub has at authorization servers of MCP servers: each one a team's own, at one issuer and no other
// (SEP-2352).
import { and, eq } from "drizzle-orm";
import { newId } from "../../../../shared/ids";
import { recorded, type Author } from "../../../audit";
import { HubError } from "../../../platform/errors";
import type { OutboundPolicy } from "../../../platform/outbound";
import { refusedTaken } from "../../../platform/refused";
import { discardSecret } from "../../discard";
import { deleteSecret, openSecret, putSecret } from "../../store";
import { oauthClients } from "../../tables";
import { documentUrlOf } from "./client-document";
import type { ServerMetadata } from "./discover";
import { needsClient, registerClient, waysToAsk, type Registered } from "./register";

type ClientRow = typeof oauthClients.$inferSelect;
type Origin = ClientRow["origin"];
/** One registered beforehand, as whoever connects gives it. */
export type GivenClient = { clientId: string; clientSecret?: string | undefined };
type Place = { issuer: string; redirectUri: string };
type Asked = {
  server: ServerMetadata;
  redirectUri: string;
  given: GivenClient | undefined;
  /** Another client in the place of one that was given before: connections sign in with that. */
  mayReplace: boolean;
};

/** The id and row of the client to sign in with at a server. */
export type KnownClient = { id: string; clientId: string };

/**
 * The client to sign in with, in MCP's order: one registered beforehand, now or for an earlier connection; the hub's own
 * metadata document; one the hub has registered or now registers. Throws `SignInFailure` where none of them is to be had.
 */
export async function clientAt(
  ctx: Author,
  policy: OutboundPolicy,
  { server, redirectUri, given, mayReplace }: Asked,
): Promise<KnownClient> {
  const place = { issuer: server.issuer, redirectUri };
  if (given)
    return keep(ctx, place, { origin: "given", client: asGiven(given, server), mayReplace });
  const known = await readClients(ctx, place);
  const earlier = known.find(({ origin }) => origin === "given");
  if (earlier) return earlier;
  const documentUrl = documentUrlOf(ctx.env, new URL(redirectUri).origin);
  if (server.client_id_metadata_document_supported === true && documentUrl !== null)
    return (
      known.find(({ origin, clientId }) => origin === "document" && clientId === documentUrl) ??
      keep(ctx, place, { origin: "document", client: publicClient(documentUrl) })
    );
  const registered = known.find(({ origin }) => origin === "registered");
  if (registered && (registered.secretExpiresAt ?? Infinity) > ctx.now) return registered;
  if (server.registration_endpoint === undefined) throw needsClient(server, redirectUri);
  const client = await registerClient(ctx.env, policy, { server, redirectUri });
  return keep(ctx, place, { origin: "registered", client });
}

const publicClient = (clientId: string): Registered => ({
  clientId,
  clientSecret: null,
  clientAuth: "none",
  secretExpiresAt: null,
});

function asGiven({ clientId, clientSecret }: GivenClient, server: ServerMetadata): Registered {
  if (clientSecret === undefined) return publicClient(clientId);
  const ways = waysToAsk(server.token_endpoint_auth_methods_supported);
  const clientAuth = ways.find((way) => way !== "none") ?? "basic";
  return { clientId, clientSecret, clientAuth, secretExpiresAt: null };
}

const at = (ctx: Pick<Author, "teamId">, { issuer, redirectUri }: Place) =>
  and(
    eq(oauthClients.teamId, ctx.teamId),
    eq(oauthClients.issuer, issuer),
    eq(oauthClients.redirectUri, redirectUri),
  );

const readClients = (ctx: Author, place: Place): Promise<ClientRow[]> =>
  ctx.db.select().from(oauthClients).where(at(ctx, place));

/** Stores a client in place of the one of the same origin; where another request was faster, that one's is taken. */
async function keep(
  ctx: Author,
  place: Place,
  {
    origin,
    client,
    mayReplace = true,
  }: { origin: Origin; client: Registered; mayReplace?: boolean },
): Promise<KnownClient> {
  const before = (await readClients(ctx, place)).find((row) => row.origin === origin);
  if (before && (await isSame(ctx, before, client))) return before;
  if (before && !mayReplace)
    throw new HubError(
      "forbidden",
      "The team signs in there with another client already. Leave the client out, or ask an owner or admin to replace it.",
    );
  const credential =
    client.clientSecret === null
      ? null
      : { id: newId("crd", ctx.now), version: (before?.credentialVersion ?? 0) + 1 };
  const row: ClientRow = {
    id: before?.id ?? newId("ocl", ctx.now),
    teamId: ctx.teamId,
    ...place,
    origin,
    clientId: client.clientId,
    clientAuth: client.clientAuth,
    credentialId: credential?.id ?? null,
    credentialVersion: credential?.version ?? before?.credentialVersion ?? 0,
    secretExpiresAt: client.secretExpiresAt,
    createdAt: ctx.now,
  };
  if (credential && client.clientSecret !== null)
    await putSecret(
      ctx,
      credential,
      { clientSecret: client.clientSecret },
      { kind: "oauth_client", subjectId: place.issuer },
    );
  const event = {
    action: "oauth_client.update",
    subjectId: row.id,
    details: { issuer: place.issuer, origin },
    ...(before ? { before: { clientId: before.clientId } } : {}),
    after: { clientId: row.clientId },
  };
  try {
    await recorded(ctx, event, [
      before
        ? ctx.db
            .update(oauthClients)
            .set(row)
            .where(and(at(ctx, place), eq(oauthClients.id, row.id)))
        : ctx.db.insert(oauthClients).values(row),
    ]);
  } catch (error) {
    if (credential) await discardSecret(ctx, credential);
    const taken = refusedTaken(
      error,
      "oauth_clients.team_id, oauth_clients.issuer, oauth_clients.origin, oauth_clients.redirect_uri",
    );
    const winner = taken && (await readClients(ctx, place)).find((one) => one.origin === origin);
    if (!winner) throw error;
    return winner;
  }
  if (before && before.credentialId !== null)
    await deleteSecret(ctx, { id: before.credentialId, version: before.credentialVersion });
  return row;
}

async function isSame(ctx: Author, row: ClientRow, client: Registered): Promise<boolean> {
  if (row.clientId !== client.clientId || row.clientAuth !== client.clientAuth) return false;
  if (row.credentialId === null) return client.clientSecret === null;
  const ref = { id: row.credentialId, version: row.credentialVersion };
  return (await openSecret(ctx, ref))["clientSecret"] === client.clientSecret;
}
