import type * as z from "zod";
import type { AuthPerson } from "../../../shared/contracts/auth";
import { shownEmail } from "./email";

/** Of what the library tells of a person, what they may read themselves. */
export function toAuthPerson(user: {
  id: string;
  name: string;
  email: string;
  emailVerified: boolean;
}): z.infer<typeof AuthPerson> {
  return {
    id: user.id,
    name: user.name,
    email: shownEmail(user.email),
    emailVerified: user.emailVerified,
  };
}
