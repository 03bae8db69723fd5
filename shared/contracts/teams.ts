import * as z from "zod";
import { roles } from "../roles";

export const Setup = z.strictObject({
  team: z.string().trim().min(1).max(80),
  owner: z.string().trim().min(1).max(80),
});
export type Setup = z.infer<typeof Setup>;

export const SetupDone = z.object({
  teamId: z.string(),
  personId: z.string(),
  /** Shown once; only its hash is kept. */
  apiKey: z.string(),
  /** The secret of a sign-in link: good for one use within ten minutes. */
  signInToken: z.string(),
});
export type SetupDone = z.infer<typeof SetupDone>;

export const Me = z.object({
  team: z.object({ id: z.string(), name: z.string() }),
  person: z.object({ id: z.string(), name: z.string() }),
  role: z.enum(roles),
  apiKey: z.object({ id: z.string(), name: z.string(), prefix: z.string() }),
});
export type Me = z.infer<typeof Me>;
