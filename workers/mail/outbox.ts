import { desc, notInArray } from "drizzle-orm";
import type { Outbox } from "../../shared/contracts/auth";
import { newId } from "../../shared/ids";
import { registryOf } from "../platform/registry";
import { outboxMails } from "./tables";

const kept = 200;
const shown = 50;

export async function keepInOutbox(
  env: Env,
  { to, subject, text }: { to: string; subject: string; text: string },
): Promise<void> {
  const db = registryOf(env);
  const newest = db
    .select({ id: outboxMails.id })
    .from(outboxMails)
    .orderBy(desc(outboxMails.id))
    .limit(kept);
  const now = Date.now();
  await db.batch([
    db.insert(outboxMails).values({ id: newId("mail", now), to, subject, text, at: now }),
    db.delete(outboxMails).where(notInArray(outboxMails.id, newest)),
  ]);
}

/** The newest mails first. */
export async function readOutbox(env: Env): Promise<Outbox> {
  const items = await registryOf(env)
    .select()
    .from(outboxMails)
    .orderBy(desc(outboxMails.id))
    .limit(shown);
  return { items };
}
