import type { LimitScope, LimitWindow } from "../../shared/contracts/limits";
import type { Actor } from "../platform/context";
import type { Limit, LimitName } from "./admission";
import type { NamedPlan } from "./plans";

/** A limit a team set itself. 0: none. Null: as the plan and the deployment have it. */
export type OwnLimit = {
  scope: LimitScope;
  subjectId: string;
  perMinute: number | null;
  perDay: number | null;
  budgetPerDay: number | null;
};

/** All that says what a team's limits are; plain, so that it can be sent. */
export type Rules = {
  teamId: string;
  plan: NamedPlan;
  deployment: {
    personPerMinute: number | undefined;
    personPerDay: number | undefined;
    connectionPerMinute: number | undefined;
  };
  own: OwnLimit[];
};

type Field = "perMinute" | "perDay" | "budgetPerDay";
const fields = {
  minute: "perMinute",
  day: "perDay",
  budget: "budgetPerDay",
} as const satisfies Record<LimitWindow, Field>;
const windows = ["minute", "day", "budget"] as const satisfies LimitWindow[];

/** Whose limits calls are counted against; the limit of every member is each person's. */
export type SubjectScope = Exclude<LimitScope, "member">;

const prefixes: Record<string, SubjectScope> = {
  per: "person",
  con: "connection",
  tool: "tool",
  team: "team",
};
/** What an id is the id of. Keys, grants of AI clients and machine clients are all keys. */
export const scopeOf = (subject: string): SubjectScope =>
  prefixes[subject.slice(0, subject.indexOf("_"))] ?? "key";

/** Whose key it is: a machine client acts for nobody, so what holds for persons holds for it. */
const isNobodys = (subject: string): boolean => !/^(key|gra)_/.test(subject);

export type Found = { limit: number; from: "deployment" | "plan" | "team"; name: LimitName };

/** The rules, ready to be asked for one limit after the other. */
export function readRules(rules: Rules) {
  const { teamId, plan, deployment } = rules;
  const own = new Map<string, OwnLimit>();
  for (const row of rules.own) own.set(`${row.scope} ${row.subjectId}`, row);
  const everyMember = own.get(`member ${teamId}`);
  const perPerson = {
    perMinute: deployment.personPerMinute,
    perDay: deployment.personPerDay,
    budgetPerDay: undefined,
  };

  function ownOf(scope: SubjectScope, subject: string): OwnLimit | undefined {
    return own.size === 0 ? undefined : own.get(`${scope} ${subject}`);
  }

  /** The limit that holds for a subject in a window; undefined where none does. */
  function find(subject: string, window: LimitWindow, scope = scopeOf(subject)): Found | undefined {
    const field = fields[window];
    if (scope === "team") return ofTeam(field);
    const set =
      ownOf(scope, subject)?.[field] ?? (scope === "person" ? everyMember?.[field] : undefined);
    if (set !== undefined && set !== null)
      return set === 0 ? undefined : { limit: set, from: "team", name: scope };
    const usual = usualOf(scope, { subject, field });
    return usual === undefined ? undefined : { limit: usual, from: "deployment", name: scope };
  }

  function usualOf(
    scope: SubjectScope,
    { subject, field }: { subject: string; field: Field },
  ): number | undefined {
    if (scope === "person" || (scope === "key" && isNobodys(subject))) return perPerson[field];
    return scope === "connection" && field === "perMinute"
      ? deployment.connectionPerMinute
      : undefined;
  }

  /** A team's own limit counts where it is lower than its plan's. */
  function ofTeam(field: Field): Found | undefined {
    const most = (field === "budgetPerDay" ? null : plan[field]) ?? Infinity;
    const set = ownOf("team", teamId)?.[field] || Infinity;
    if (set < most) return { limit: set, from: "team", name: "team" };
    return most === Infinity ? undefined : { limit: most, from: "plan", name: "plan" };
  }

  return {
    plan,
    rules,
    find: (subject: string, window: LimitWindow) => find(subject, window),

    /** Everything one call spends, the caller's first. */
    limitsOf(call: {
      actor: Pick<Actor, "kind" | "id" | "personId">;
      connectionId?: string;
      toolId?: string | null;
      cost?: number;
    }): Limit[] {
      const { actor, connectionId, toolId, cost = 1 } = call;
      const limits: Limit[] = [];
      const add = (subject: string | null | undefined) => {
        if (!subject) return;
        const scope = scopeOf(subject);
        for (const window of windows) {
          const found = find(subject, window, scope);
          if (!found) continue;
          const { name, limit } = found;
          limits.push({ name, subject, limit, window, ...(window === "budget" ? { cost } : {}) });
        }
      };
      add(actor.personId);
      if (actor.kind !== "user") add(actor.id);
      add(connectionId);
      add(toolId);
      add(teamId);
      return limits;
    },
  };
}
export type ReadRules = ReturnType<typeof readRules>;
