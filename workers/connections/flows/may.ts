import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";

/** Whether the caller may make a connection of the team, or of their own. Throws `forbidden`. */
export function requireMay(ctx: Context, owner: "team" | "person"): void {
  requirePermission(ctx, owner === "person" ? "connections.own" : "connections.write");
  if (owner === "person" && ctx.actor.personId === null)
    throw new HubError(
      "forbidden",
      "A connection of one's own belongs to a person, and this client acts for none. Make it the team's.",
    );
}
