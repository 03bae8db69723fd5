import { and, eq, like, or } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { verifications } from "../tables";

/**
 * With a password ends what it, or whoever had it, may have begun: links in mails that set a password or change the
 * address, sign-ins that wait for a code, and browsers that were trusted to be asked for none.
 */
export const forgetPending = (db: DrizzleD1Database, personId: string) =>
  db
    .delete(verifications)
    .where(
      or(
        eq(verifications.value, personId),
        and(
          like(verifications.identifier, "email-change:%"),
          like(verifications.value, `${personId} %`),
        ),
      ),
    );
