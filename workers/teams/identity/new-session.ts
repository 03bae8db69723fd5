import { newId } from "../../../shared/ids";
import { makeSessionToken, sessionMs } from "../session-cookie";

export type SessionOf = {
  personId: string;
  teamId: string | null;
  onlyTeamId?: string;
  secondFactorAt: number | null;
  address: string | null;
  userAgent: string | null;
  now: number;
};

/** A session's row, as the identity library would write it. */
export function newSession(of: SessionOf) {
  return {
    id: newId("ses", of.now),
    userId: of.personId,
    token: makeSessionToken(),
    teamId: of.teamId,
    onlyTeamId: of.onlyTeamId ?? null,
    secondFactorAt: of.secondFactorAt,
    ipAddress: of.address,
    userAgent: of.userAgent?.slice(0, 300) ?? null,
    createdAt: new Date(of.now),
    updatedAt: new Date(of.now),
    expiresAt: new Date(of.now + sessionMs),
  };
}
