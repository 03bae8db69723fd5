import * as z from "zod";
import { roles } from "../roles";

export const Setup = z
  .strictObject({
    team: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .meta({ description: "The team's name", examples: ["Support"] }),
    owner: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .meta({ description: "The owner's name", examples: ["Owner"] }),
  })
  .meta({ id: "Setup" });
export type Setup = z.infer<typeof Setup>;

export const SetupDone = z
  .object({
    teamId: z.string().meta({ examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    personId: z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    apiKey: z
      .string()
      .meta({ description: "Shown once; only its hash is kept", examples: ["pb_…"] }),
    signInToken: z
      .string()
      .describe("The secret of a sign-in link: good for one use within ten minutes"),
  })
  .meta({ id: "SetupDone" });
export type SetupDone = z.infer<typeof SetupDone>;

export const Me = z
  .object({
    team: z.object({
      id: z.string().meta({ examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
      name: z.string().meta({ examples: ["Support"] }),
    }),
    person: z.object({
      id: z.string().meta({ examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
      name: z.string().meta({ examples: ["Owner"] }),
    }),
    role: z.enum(roles),
    apiKey: z.object({
      id: z.string().meta({ examples: ["key_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
      name: z.string().meta({ examples: ["First key"] }),
      prefix: z.string().meta({
        description: "The beginning of the key, to tell keys apart",
        examples: ["pb_8fK2xQ"],
      }),
    }),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;
