import * as z from "zod";

const count = z.number().int().min(1).max(1_000_000_000).nullable();

/** What a team may use. */
export const Plan = z.strictObject({
  perMinute: count
    .default(null)
    .describe("Calls of the whole team in any 60 seconds; null for as many as it likes"),
  perDay: count
    .default(null)
    .describe("Calls of the whole team in a day (UTC); null for as many as it likes"),
  jobsAtOnce: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(50)
    .describe("Jobs that run at the same time; the others wait"),
  inFlight: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(2000)
    .describe("Calls under way at the same time; one more is refused as `overloaded`"),
  keptDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days its executions and jobs are kept"),
});
export type Plan = z.infer<typeof Plan>;

/** The plans every deployment has. */
export const plans = {
  unlimited: Plan.parse({}),
  small: Plan.parse({
    perMinute: 300,
    perDay: 10_000,
    jobsAtOnce: 10,
    inFlight: 200,
    keptDays: 30,
  }),
  large: Plan.parse({ perMinute: 6000, perDay: 1_000_000, jobsAtOnce: 100, inFlight: 2000 }),
} as const satisfies Record<string, Plan>;

const PlansByName = z.record(
  z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "a plan's name is small letters, digits and hyphens"),
  Plan,
);

/**
 * The plans of a deployment by name: those every deployment has, and what its setting PLUGBOARD_PLANS adds or changes
 * (JSON; empty for nothing). `fault` says what is wrong with the setting.
 */
export function readPlans(text: string): { plans: ReadonlyMap<string, Plan> } | { fault: string } {
  const known = Object.entries(plans);
  if (text.trim() === "") return { plans: new Map(known) };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      fault: "The setting PLUGBOARD_PLANS must be JSON: an object of plans by their names.",
    };
  }
  const read = PlansByName.safeParse(json);
  if (read.success) return { plans: new Map([...known, ...Object.entries(read.data)]) };
  const [issue] = read.error.issues;
  const where = issue?.path.join(".") ?? "";
  const what = issue?.message ?? "is not valid";
  return {
    fault: `The setting PLUGBOARD_PLANS is wrong${where === "" ? "" : ` at ${where}`}: ${what}.`,
  };
}

/** The plan of a team that was given `name`, or, with null, the deployment's for every team. */
export function planNamed(
  known: ReadonlyMap<string, Plan>,
  { name, usual }: { name: string | null; usual: string },
): { plan: Plan & { name: string } } | { fault: string } {
  const wanted = name ?? usual;
  const plan = known.get(wanted);
  if (plan) return { plan: { name: wanted, ...plan } };
  const names = [...known.keys()].join(", ");
  return {
    fault:
      name === null
        ? `The setting PLUGBOARD_PLAN names no plan: "${usual}". There are ${names}.`
        : `The team's plan "${name}" is none of this deployment any more. Add it to the setting PLUGBOARD_PLANS, or give the team one of ${names}.`,
  };
}
