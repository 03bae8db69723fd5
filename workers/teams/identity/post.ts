import { sendMail, type Mail } from "../../mail";
import { shownEmail } from "./email";

/** To whoever has given an address. */
export async function post(env: Env, mail: Mail): Promise<void> {
  if (shownEmail(mail.to) !== null) await sendMail(env, mail);
}
