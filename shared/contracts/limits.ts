import * as z from "zod";
import { Plan } from "../plans";
import { pageOf, pageQuery } from "./pages";

/** A plan as a team has it. */
export const NamedPlan = z
  .object({ name: z.string().meta({ examples: ["unlimited"] }), ...Plan.shape })
  .meta({ id: "Plan" });

/** What the deployment gives a team. */
export const SetPlan = z
  .strictObject({
    team: z
      .string()
      .min(1)
      .max(100)
      .meta({ description: "A team's id", examples: ["team_01k5x8a1qv2h7c9d4e6f8g0h2j"] }),
    plan: z
      .string()
      .min(1)
      .max(40)
      .nullable()
      .meta({
        description:
          "A plan of the deployment, by its name; null for the one of every team that was given none",
        examples: ["pro"],
      }),
  })
  .meta({ id: "SetPlan" });
export type SetPlan = z.infer<typeof SetPlan>;
export const TeamPlan = z.object({ team: z.string(), plan: NamedPlan }).meta({ id: "TeamPlan" });
export type TeamPlan = z.infer<typeof TeamPlan>;

export const LimitScope = z.enum(["team", "member", "person", "key", "connection", "tool"]).meta({
  description:
    "Whose calls are counted together. `member`: the limit of every person who has none of their own",
  examples: ["person"],
});
export type LimitScope = z.infer<typeof LimitScope>;

const count = z.number().int().min(0).max(1_000_000_000);

export const SetLimit = z
  .strictObject({
    perMinute: count
      .nullable()
      .optional()
      .meta({ description: "Calls in any 60 seconds", examples: [30] }),
    perDay: count
      .nullable()
      .optional()
      .meta({ description: "Calls in a day (UTC)", examples: [500] }),
    budgetPerDay: count
      .nullable()
      .optional()
      .meta({
        description: "Units of cost in a day (UTC): each call costs what its tool costs",
        examples: [null],
      }),
  })
  .meta({
    id: "SetLimit",
    description: "0: no limit. Null: as the plan and the deployment have it. Left out: as it was",
  });
export type SetLimit = z.infer<typeof SetLimit>;

export const LimitWindow = z.enum(["minute", "day", "budget"]).meta({
  description:
    "`minute`: calls in any 60 seconds. `day`: calls in a day (UTC). `budget`: units of cost in a day",
  examples: ["minute"],
});
export type LimitWindow = z.infer<typeof LimitWindow>;

/** One limit as it stands. */
export const LimitUse = z
  .object({
    scope: LimitScope,
    subjectId: z.string().meta({
      description: "Whose it is: the id of a person, key, connection, tool or team",
      examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"],
    }),
    name: z.string().meta({ description: "How that is called", examples: ["Ada Example"] }),
    window: LimitWindow,
    limit: z.number().meta({ examples: [30] }),
    used: z.number().meta({ examples: [12] }),
    remaining: z.number().meta({ examples: [18] }),
    resetAt: z.number().meta({ description: "When it is whole again", examples: [1793232060000] }),
    from: z
      .enum(["deployment", "plan", "team"])
      .meta({ description: "Who set it", examples: ["deployment"] }),
  })
  .meta({ id: "LimitUse" });
export type LimitUse = z.infer<typeof LimitUse>;

const connectionId = z.string().meta({ examples: ["con_01k5x8a1qv2h7c9d4e6f8g0h2j"] });
const connectionName = z.string().meta({ description: "The connection's", examples: ["Tickets"] });

/** A vendor's own limit, as its answers tell of it. */
export const VendorLimit = z
  .object({
    connectionId,
    name: connectionName,
    limit: z
      .number()
      .nullable()
      .meta({ description: "Calls in a window of the vendor's", examples: [5000] }),
    remaining: z
      .number()
      .nullable()
      .meta({ description: "What was left of it then", examples: [4987] }),
    resetAt: z
      .number()
      .nullable()
      .meta({ description: "When it is whole again", examples: [1793235600000] }),
    blockedUntil: z
      .number()
      .nullable()
      .meta({
        description: "The vendor asked to wait until then; calls are refused meanwhile",
        examples: [null],
      }),
    heardAt: z
      .number()
      .meta({ description: "When an answer of the vendor said so", examples: [1793232000142] }),
  })
  .meta({ id: "VendorLimit" });
export type VendorLimit = z.infer<typeof VendorLimit>;

/** A connection's circuit breaker, where it is not closed. */
export const BreakerState = z
  .object({
    connectionId,
    name: connectionName,
    state: z.enum(["open", "half_open"]).meta({
      description:
        "`open`: calls are refused at once. `half_open`: one call is let through to see whether the server works again",
      examples: ["open"],
    }),
    failures: z.number().meta({
      description: "Calls that failed before it opened, and probes that failed since",
      examples: [5],
    }),
    since: z.number().meta({ description: "When it opened", examples: [1793232000142] }),
    retryAt: z.number().meta({
      description: "When the next call is let through as a probe",
      examples: [1793232005142],
    }),
  })
  .meta({ id: "BreakerState" });
export type BreakerState = z.infer<typeof BreakerState>;

export const Limits = z
  .object({
    plan: NamedPlan,
    own: z.array(LimitUse).describe("Those of whoever asks, and of the whole team"),
    vendors: z.array(VendorLimit),
    breakers: z.array(BreakerState),
    inFlight: z
      .object({
        now: z.number().meta({ examples: [3] }),
        most: z.number().meta({ description: "As the plan has it", examples: [100] }),
      })
      .describe("Calls of the team that are under way"),
  })
  .meta({ id: "Limits" });
export type Limits = z.infer<typeof Limits>;

export const LimitQuery = pageQuery(/^\d{1,15}~(?:minute|day|budget):[A-Za-z0-9_]{1,100}$/).extend({
  scope: LimitScope.exclude(["team", "member"]).optional(),
  window: LimitWindow.optional(),
});
export type LimitQuery = z.infer<typeof LimitQuery>;
/** The limits a team set itself, by their subjects. */
export const LimitSettingQuery = pageQuery(/^[a-z]+\/\w+$/);

/** Limits that were used lately, the one nearest to its end first. */
export const LimitUsePage = pageOf(LimitUse);

/** The limits of one subject that the team set itself. */
export const LimitSetting = z
  .object({
    scope: LimitScope,
    subjectId: z.string().meta({ examples: ["tool_01k5x8b3qv2h7c9d4e6f8g0h2j"] }),
    name: z.string().meta({ description: "How that is called", examples: ["create_report"] }),
    perMinute: z
      .number()
      .nullable()
      .meta({ description: "Calls in any 60 seconds; 0 for no limit", examples: [5] }),
    perDay: z
      .number()
      .nullable()
      .meta({ description: "Calls in a day (UTC); 0 for no limit", examples: [null] }),
    budgetPerDay: z
      .number()
      .nullable()
      .meta({ description: "Units of cost in a day (UTC); 0 for no limit", examples: [null] }),
    updatedAt: z.number().meta({ examples: [1793232000000] }),
  })
  .meta({ id: "LimitSetting" });
export type LimitSetting = z.infer<typeof LimitSetting>;
export const LimitSettingPage = pageOf(LimitSetting);
