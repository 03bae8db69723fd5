import { newId } from "../../../shared/ids";
import { makeSessionToken, sessionMs, tokenAtRest } from "../session-cookie";

export type SessionOf = {
  personId: string;
  teamId: string | null;
  onlyTeamId?: string;
  secondFactorAt: number | null;
  address: string | null;
  userAgent: string | null;
  now: number;
};

/** The token of a new session, and the row that knows it by its hash. */
export function newSession(of: SessionOf) {
  const token = makeSessionToken();
  const row = {
    id: newId("ses", of.now),
    userId: of.personId,
    token: tokenAtRest(token),
    teamId: of.teamId,
    onlyTeamId: of.onlyTeamId ?? null,
    secondFactorAt: of.secondFactorAt,
    ipAddress: of.address,
    userAgent: of.userAgent?.slice(0, 300) ?? null,
    createdAt: new Date(of.now),
    updatedAt: new Date(of.now),
    expiresAt: new Date(of.now + sessionMs),
  };
  return { token, row };
}
