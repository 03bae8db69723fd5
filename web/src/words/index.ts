// Every word on the screen, in one typed catalogue. What stands here is ours; what a server says is never translated.
// Some parts are apart (./audit, ./clients, ./connect, ./connection-life, ./consent, ./jobs, ./limits, ./permissions, ./secrets):
// the pages that say them load them.
import { account } from "./account";
import { activity } from "./activity";
import { common } from "./common";
import { connections } from "./connections";
import { home } from "./home";
import { outbox } from "./mail";
import { playground } from "./playground";
import { shell } from "./shell";
import { invitation, password, secondFactor, signIn, signUp, verifyEmail } from "./sign-in";
import { keys } from "./keys";
import { notices } from "./notices";
import { team } from "./team";

export const words = {
  ...common,
  shell,
  account,
  invitation,
  outbox,
  password,
  secondFactor,
  signIn,
  signUp,
  verifyEmail,
  home,
  connections,
  playground,
  activity,
  keys,
  notices,
  team,
};
