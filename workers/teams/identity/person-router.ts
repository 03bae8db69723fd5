import { createRouter, type HttpEnv } from "../../platform/http";
import { askingOf } from "../authenticate";
import { authenticatePerson, type PersonContext } from "./person";

type PersonEnv = HttpEnv & { Variables: { person: PersonContext } };

/** A router for people who signed in, in a team or in none: it asks who they are before it looks at what they sent. */
export function createPersonRouter() {
  const router = createRouter<PersonEnv>();
  router.use(async (c, next) => {
    // Invitations lie below the account, whose router has asked already.
    if (c.get("person") === undefined) c.set("person", await authenticatePerson(askingOf(c)));
    await next();
  });
  return router;
}
