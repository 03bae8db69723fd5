import { asc, gt } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import * as z from "zod";
import { describeError, log } from "../../platform/log";
import { teams } from "../../teams/tables";
import { ringName, unwrapRing } from "../keys";
import { newestMasterId } from "../master-keys";
import { noteDue } from "./due";
import { nextStep } from "./next-step";

const place = "vault/masters";
const teamsAtOnce = 100;

/** How far the hub looked for teams whose keys are older than the newest master key. */
const Looked = z.object({ masterId: z.string(), after: z.string(), done: z.boolean() });

/**
 * Looks at the next teams' rings, where another master key is the newest since, and notes those that have to be rotated.
 * One read once all were looked at.
 */
export async function findTeamsToRotate(
  env: Env,
  db: DrizzleD1Database,
  now: number,
): Promise<void> {
  const masterId = newestMasterId(env);
  const looked = await readLooked(env);
  if (looked?.masterId === masterId && looked.done) return;
  const after = looked?.masterId === masterId ? looked.after : "";
  const rows = await db
    .select({ id: teams.id })
    .from(teams)
    .where(gt(teams.id, after))
    .orderBy(asc(teams.id))
    .limit(teamsAtOnce);
  const wrapped =
    rows.length === 0 ? new Map() : await env.TOKENS.get(rows.map(({ id }) => ringName(id)));
  for (const { id } of rows) {
    const ring: unknown = wrapped.get(ringName(id));
    if (typeof ring !== "string") continue;
    try {
      const step = nextStep(await unwrapRing(env, id, ring), { newestMaster: masterId, now });
      if (step.do !== "nothing") await noteDue(env, id, now);
    } catch (error) {
      log("error", "vault.ring_unusable", { teamId: id, error: describeError(error) });
    }
  }
  const done = rows.length < teamsAtOnce;
  const next: z.infer<typeof Looked> = { masterId, after: rows.at(-1)?.id ?? after, done };
  await env.TOKENS.put(place, JSON.stringify(next));
}

async function readLooked(env: Env) {
  const text = await env.TOKENS.get(place);
  try {
    return Looked.parse(JSON.parse(text ?? ""));
  } catch {
    return undefined;
  }
}

/** Once a day all are looked at again: a note that was lost, or a ring that was put back from a backup. */
export async function lookAgain(env: Env): Promise<void> {
  // Of very many teams a look takes longer than a day: it goes on to its end.
  if ((await readLooked(env))?.done === true) await env.TOKENS.delete(place);
}
