import { eq } from "drizzle-orm";
import type { SetPlan, TeamPlan } from "../../../shared/contracts/limits";
import { recorded } from "../../audit";
import { bumpEpoch, findPlan, plansOf } from "../../limits";
import { HubError } from "../../platform/errors";
import { requireSetupToken } from "./setup-token";
import type { AskingForLink } from "./sign-in-link";
import { teams } from "../tables";

/**
 * Gives a team a plan, for whoever holds the deployment's PLUGBOARD_SETUP_TOKEN. It holds for the next call. Throws
 * `unauthorized`, `forbidden`, `not_found`, `invalid_input` for a plan that is none.
 */
export async function setPlan(asked: AskingForLink, input: SetPlan): Promise<TeamPlan> {
  const { env, db } = asked;
  await requireSetupToken(env, asked.token);
  const { team: teamId, plan: name } = input;
  if (name !== null && !plansOf(env).has(name))
    throw new HubError("invalid_input", `body.plan: this deployment has no plan "${name}".`, {
      details: { field: "body.plan" },
    });
  const plan = findPlan(env, name);
  const team = await db.select({ plan: teams.plan }).from(teams).where(eq(teams.id, teamId)).get();
  if (!team) throw noTeam(teamId);
  const author = {
    ...asked,
    teamId,
    actor: { kind: "system", id: "setup", personId: null },
  } as const;
  const event = {
    action: "team.plan",
    subjectId: teamId,
    before: { plan: team.plan },
    after: { plan: name },
  };
  await recorded(author, event, [db.update(teams).set({ plan: name }).where(eq(teams.id, teamId))]);
  await bumpEpoch(author);
  await env.TEAM_LEDGER.getByName(teamId).tellEverybody({ type: "limits" });
  return { team: teamId, plan };
}

const noTeam = (teamId: string): HubError =>
  new HubError("not_found", `There is no team ${JSON.stringify(teamId.slice(0, 100))}.`);
