import { and, eq, sql, type SQL } from "drizzle-orm";
import type { CreateInvitation, Invitation } from "../../../shared/contracts/members";
import { newId } from "../../../shared/ids";
import { recorded } from "../../audit";
import { auditEntries } from "../../audit/tables";
import { requireMail, sendMail } from "../../mail";
import { requirePermission, type Context } from "../../platform/context";
import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";
import { randomText } from "../keys/api-key";
import { invitations, members, people } from "../tables";
import { findOpen, isOpen, isStillOpen, readInvitation } from "./invitations";
import { authorIsSame, changedMeanwhile, conditionFailed, onlyIf, roleIsThere } from "./conditions";
import { readAuthor, readRole, requireReach, type Author } from "./standing";

export const invitationMs = 7 * 24 * 60 * 60_000;
const maxOpen = 100;
const maxMails = 50;
const hourMs = 60 * 60_000;

/** Invites somebody by mail into a role that gives no more than the caller has. `origin` is where the link leads. */
export async function invite(
  ctx: Context,
  origin: string,
  input: CreateInvitation,
): Promise<Invitation> {
  requirePermission(ctx, "members.manage");
  const invitedBy = requirePerson(ctx);
  const author = await readAuthor(ctx);
  const role = await readRole(ctx, input.role);
  requireReach(author, role);
  const email = input.email.toLowerCase();
  await requireRoomFor(ctx, email);
  requireMail(ctx.env);
  const { secret, hash, expiresAt } = await newSecret(ctx);
  const id = newId("inv", ctx.now);
  const event = {
    action: "invitation.create",
    subjectId: id,
    after: { email, role: role.role, roleName: role.name, expiresAt },
  };
  const batch = recorded(ctx, event, [
    ...conditions(ctx, author, role.role),
    onlyIf(
      ctx,
      sql`NOT EXISTS (${memberWith(ctx, email)}) AND NOT EXISTS (${openFor(ctx, email)})`,
    ),
    onlyIf(ctx, sql`(SELECT count(*) FROM ${invitations} WHERE ${openOf(ctx)}) < ${maxOpen}`),
    ctx.db.insert(invitations).values({
      id,
      teamId: ctx.teamId,
      email,
      role: role.role,
      hash,
      invitedBy,
      createdAt: ctx.now,
      expiresAt,
    }),
  ]);
  await batch.catch(async (error: unknown) => {
    if (!conditionFailed(error)) throw error;
    await requireRoomFor(ctx, email);
    throw changedMeanwhile(error);
  });
  await sendMail(ctx.env, letter({ origin, to: email, secret }));
  return readInvitation(ctx, id);
}

/** Sends an open invitation again, with a new secret and another seven days; the older link is void. */
export async function resendInvitation(
  ctx: Context,
  origin: string,
  id: string,
): Promise<Invitation> {
  requirePermission(ctx, "members.manage");
  const invitedBy = requirePerson(ctx);
  const row = await findOpen(ctx, id);
  const author = await readAuthor(ctx);
  requireReach(author, await readRole(ctx, row.role));
  await requireMailsLeft(ctx);
  requireMail(ctx.env);
  const { secret, hash, expiresAt } = await newSecret(ctx);
  const event = { action: "invitation.resend", subjectId: id, after: { expiresAt } };
  const batch = recorded(ctx, event, [
    ...conditions(ctx, author, row.role),
    onlyIf(ctx, isStillOpen(row, ctx.now)),
    ctx.db
      .update(invitations)
      // Whoever sends it answers for it.
      .set({ hash, expiresAt, invitedBy })
      .where(and(eq(invitations.teamId, ctx.teamId), eq(invitations.id, id))),
  ]);
  await batch.catch(async (error: unknown) => {
    if (!conditionFailed(error)) throw error;
    await requireMailsLeft(ctx);
    throw changedMeanwhile(error);
  });
  await sendMail(ctx.env, letter({ origin, to: row.email, secret }));
  return readInvitation(ctx, id);
}

function requirePerson({ actor }: Context): string {
  if (actor.personId !== null) return actor.personId;
  throw new HubError("forbidden", "An invitation is sent by a person. Sign in to send one.");
}

async function newSecret(ctx: Context) {
  const secret = randomText(32);
  return { secret, hash: await sha256Hex(secret), expiresAt: ctx.now + invitationMs };
}

const conditions = (ctx: Context, author: Author, role: string) =>
  [
    onlyIf(ctx, authorIsSame(ctx, author)),
    onlyIf(ctx, roleIsThere(ctx, role)),
    // The entry of this mail is in the log by now: it stands before in the batch.
    onlyIf(ctx, sql`(${mailsOfLastHour(ctx)}) <= ${maxMails}`),
  ] as const;

const mailsOfLastHour = (ctx: Context): SQL =>
  sql`SELECT count(*) FROM ${auditEntries} WHERE team_id = ${ctx.teamId} AND action IN ('invitation.create', 'invitation.resend') AND at > ${ctx.now - hourMs}`;

const memberWith = (ctx: Context, email: string): SQL =>
  sql`SELECT 1 FROM ${members} AS m JOIN ${people} AS p ON p.id = m.person_id WHERE m.team_id = ${ctx.teamId} AND lower(p.email) = ${email}`;

const openFor = (ctx: Context, email: string): SQL =>
  sql`SELECT 1 FROM ${invitations} WHERE ${and(eq(invitations.email, email), openOf(ctx))}`;

const openOf = (ctx: Context) => and(eq(invitations.teamId, ctx.teamId), isOpen(ctx.now));

/** Throws `conflict` for who is a member or invited already, or where too many are; `rate_limited` past the hour's mails. */
async function requireRoomFor(ctx: Context, email: string): Promise<void> {
  const row = await ctx.db.get<{ member: number; invited: number }>(
    sql`SELECT EXISTS (${memberWith(ctx, email)}) AS member, EXISTS (${openFor(ctx, email)}) AS invited`,
  );
  if (row?.member)
    throw new HubError("conflict", `${email} belongs to the team already.`, {
      details: { field: "body.email" },
    });
  if (row?.invited)
    throw new HubError(
      "conflict",
      `${email} is invited already. Send that invitation again, or withdraw it first.`,
      { details: { field: "body.email" } },
    );
  const open = await ctx.db
    .select({ id: invitations.id })
    .from(invitations)
    .where(openOf(ctx))
    .limit(maxOpen);
  if (open.length === maxOpen)
    throw new HubError(
      "conflict",
      `The team has ${maxOpen} open invitations. Withdraw one that is no longer wanted, then send the new one.`,
    );
  await requireMailsLeft(ctx);
}

async function requireMailsLeft(ctx: Context): Promise<void> {
  const row = await ctx.db.get<{ mails: number }>(sql`SELECT (${mailsOfLastHour(ctx)}) AS mails`);
  if ((row?.mails ?? 0) < maxMails) return;
  throw new HubError(
    "rate_limited",
    `The team has sent ${maxMails} invitations within an hour. Try again later.`,
    { details: { retryAfterSeconds: hourMs / 1000 } },
  );
}

/** No name that somebody gave stands in it: a stranger could write to anybody with it. The page it leads to tells them. */
const letter = ({ origin, to, secret }: { origin: string; to: string; secret: string }) => ({
  to,
  subject: "You are invited to a team",
  text: `Somebody invited this address to their team at ${origin}.

Open this link to see which team it is, and to join it. It is good once, for seven days:

${origin}/invitation?token=${secret}

If you do not know what this is about, ignore this mail: nothing has changed.
`,
});
