import { AuthorizationError, type AuthRequest } from "@cloudflare/workers-oauth-provider";
import { inArray, sql } from "drizzle-orm";
import type { ConsentDecision } from "../../../shared/contracts/grants";
import { newId } from "../../../shared/ids";
import type { ClientScope } from "../../../shared/roles";
import { recorded, requireForSensitive } from "../../audit";
import { countingFactor } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { refusedNull } from "../../platform/refused";
import type { Asking } from "../authenticate";
import { authenticatePerson, type PersonContext } from "../identity/person";
import { claim } from "../spent";
import { clientGrants, members } from "../tables";
import { plainName } from "./begin-consent";
import { isDocumentUrl } from "./client-documents";
import { endGrants, forgetTokens } from "./end-grant";
import { connectionsOf, grantsBefore, isClientScope, teamsOf, type TeamOffer } from "./offer";
import { wholeHub } from "./resources";
import { issuerAt, type Issuer } from "./server";

type Decided = { redirectTo: string; headers: Headers };
/** The request as the library kept it, with the session it was shown in. */
type Bound = AuthRequest & { sessionId?: string };
type Chosen = { offer: TeamOffer; scopes: ClientScope[]; connections: string[] | null };

/** The person's answer. The handle is spent by it, whatever it is. */
export async function decideConsent(asking: Asking, input: ConsentDecision): Promise<Decided> {
  const { env, request: http } = asking;
  const person = await authenticatePerson(asking);
  const { origin } = new URL(http.url);
  const chosen = input.decision === "approve" ? await choose(asking, person, input) : undefined;
  if (!(await claim(env, `consent ${input.handle}`))) throw answered();
  // All resources were judged when the handle was made: only its keeper can name one here.
  const { helpers } = issuerAt(env, origin, { address: person.address });
  const kept = await open(helpers, http, { ...input, scopes: chosen?.scopes ?? [] });
  if ((kept.request as Bound).sessionId !== person.sessionId) throw notYours();
  if (!chosen) return { redirectTo: kept.redirectTo ?? "", headers: kept.headers };
  const redirectTo = await grant(asking, { person, chosen, request: kept.request, origin });
  return { redirectTo, headers: kept.headers };
}

/** What the person may give, judged before the handle is spent, so that the page can ask again. */
async function choose(
  { env }: Asking,
  person: PersonContext,
  { teamId, scopes = ["tools.read"], connections = null }: ConsentDecision,
): Promise<Chosen> {
  const offer = (await teamsOf(env, person)).find(({ id }) => id === teamId);
  if (!offer)
    throw new HubError("not_found", "There is no such team of yours. Choose one on the page.");
  const given = [...new Set(scopes)].filter(isClientScope);
  if (!given.includes("tools.read")) given.unshift("tools.read");
  const beyond = given.find((scope) => !offer.member.permissions.has(scope));
  if (beyond !== undefined)
    throw new HubError(
      "forbidden",
      `You cannot let a client do what you may not do yourself: ${beyond}. Leave it out.`,
      { details: { permission: beyond } },
    );
  const own = new Set((await connectionsOf(env, [offer], "")).map(({ id }) => id));
  const unknown = connections?.find((id) => !own.has(id));
  if (unknown !== undefined)
    throw new HubError("not_found", `There is no connection ${unknown} that you could share.`);
  await requireForSensitive({ ...person, teamId: offer.id }, "Letting a client in");
  return { offer, scopes: given, connections: connections && [...new Set(connections)] };
}

async function open(
  helpers: Issuer["helpers"],
  http: Request,
  { handle, decision, scopes }: { handle: string; decision: string; scopes: ClientScope[] },
): Promise<{ request: AuthRequest; headers: Headers; redirectTo?: string }> {
  try {
    return decision === "approve"
      ? await helpers.approveConsent(http, handle, { scope: scopes })
      : await helpers.denyConsent(http, handle);
  } catch (error) {
    throw error instanceof AuthorizationError ? answered(error) : error;
  }
}

const answered = (cause?: unknown) =>
  new HubError(
    "conflict",
    "This request was answered already, is older than ten minutes, or was opened in another browser. Go back to the app and start again.",
    { cause },
  );
const notYours = () =>
  new HubError(
    "forbidden",
    "This request was shown to somebody else's session. Go back to the app and start again.",
  );

/** The grant's row, what it replaces and the audit entry are one batch; without the row no token counts. */
async function grant(
  asking: Asking,
  by: { person: PersonContext; chosen: Chosen; request: AuthRequest; origin: string },
): Promise<string> {
  const { env } = asking;
  const { person, chosen, request, origin } = by;
  const { db, personId, address, now } = person;
  const { offer, scopes, connections } = chosen;
  const { clientId, resource = wholeHub(origin) } = request;
  const { helpers } = issuerAt(env, origin, { address, resources: [resource] });
  const { clientName, redirectHost, redirectIsLoopback } = await helpers.describeConsent(request);
  const before = (await grantsBefore(env, { personId, clientId, resource })).filter(
    ({ teamId, scopes: had }) =>
      teamId === offer.id &&
      // All installations of an app on people's machines have one id: the laptop must not sign out the desktop.
      !(isDocumentUrl(clientId) && redirectIsLoopback && scopes.every((one) => had.includes(one))),
  );
  const id = newId("gra", now);
  const { redirectTo } = await helpers.completeAuthorization({
    request,
    userId: personId,
    metadata: { grantId: id },
    props: { grantId: id },
    scope: scopes,
    revokeExistingGrants: false,
  });
  const name = plainName(clientName);
  const event = {
    action: "client.consent",
    subjectId: id,
    after: { clientId, clientName: name, redirectHost, resource, scopes, connections },
    ...(before.length === 0 ? {} : { details: { replaces: before.map((old) => old.id) } }),
  };
  const stillMember = sql`(SELECT ${members.teamId} FROM ${members} WHERE ${members.teamId} = ${offer.id} AND ${members.personId} = ${personId})`;
  const batch = recorded({ ...person, teamId: offer.id }, event, [
    db.insert(clientGrants).values({
      id,
      teamId: stillMember,
      personId,
      clientId,
      clientName: name,
      redirectHost: redirectHost.slice(0, 300),
      resource,
      scopes,
      connections,
      secondFactorAt: countingFactor(person),
      createdAt: now,
    }),
    db
      .update(clientGrants)
      .set({ revokedAt: now })
      .where(
        inArray(
          clientGrants.id,
          before.map((old) => old.id),
        ),
      ),
  ]);
  await batch.catch((error: unknown) => {
    throw refusedNull(error, "client_grants.team_id")
      ? new HubError("not_found", "There is no such team of yours any more.", { cause: error })
      : error;
  });
  await endGrants(env, offer.id, before);
  asking.waitUntil(forgetTokens(asking, before));
  return redirectTo;
}
