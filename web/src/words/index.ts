// Every word on the screen, in one typed catalogue. What stands here is ours; what a server says is never translated.
import { activity } from "./activity";
import { clients } from "./clients";
import { common } from "./common";
import { connections } from "./connections";
import { home } from "./home";
import { playground } from "./playground";
import { shell } from "./shell";
import { signIn } from "./sign-in";

export const words = { ...common, shell, signIn, home, connections, playground, activity, clients };
