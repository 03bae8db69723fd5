// The signed-in person's own account, whatever team they are in or not.
import { queryOptions } from "@tanstack/react-query";
import type { Account, Session } from "../../../shared/contracts/account";
import type { Passkey } from "../../../shared/contracts/auth";
import type { JoinedTeam, MyInvitations } from "../../../shared/contracts/members";
import { call } from "../client";
import { queryKeys } from "../query-keys";

const path = "v1/account";

export const sessionsQuery = queryOptions({
  queryKey: [...queryKeys.account, "sessions"],
  queryFn: ({ signal }) => call<{ items: Session[] }>("GET", `${path}/sessions`, { signal }),
});
export const myInvitationsQuery = queryOptions({
  queryKey: [...queryKeys.account, "invitations"],
  queryFn: ({ signal }) => call<MyInvitations>("GET", `${path}/invitations`, { signal }),
});
export const passkeysQuery = queryOptions({
  queryKey: [...queryKeys.account, "passkeys"],
  queryFn: ({ signal }) => call<Passkey[]>("GET", "auth/passkey/list-user-passkeys", { signal }),
});

const post = <Body = unknown>(path: string, json: object = {}) =>
  call<Body>("POST", path, { json });

type Password = { password?: string };

export const account = {
  rename: (json: { name: string }) => call<Account>("PATCH", path, { json }),
  openTeam: (json: { teamId: string }) => post<Account>(`${path}/team`, json),
  leaveTeam: (personId: string) => call("DELETE", `v1/members/${encodeURIComponent(personId)}`),
  joinByToken: (json: { token: string }) => post<JoinedTeam>(`${path}/invitations`, json),
  join: (id: string) => post<JoinedTeam>(`${path}/invitations/${encodeURIComponent(id)}/accept`),
  setEmail: (json: { email: string } & Password) => post(`${path}/email`, json),
  setPassword: (json: { newPassword: string }) => post(`${path}/password`, json),
  changePassword: (json: {
    currentPassword: string;
    newPassword: string;
    revokeOtherSessions: boolean;
  }) => post("auth/change-password", json),
  showFactor: (json: { code: string }) => post(`${path}/second-factor`, json),
  beginFactor: (json: Password) =>
    post<{ totpURI: string; backupCodes: string[] }>("auth/two-factor/enable", json),
  confirmFactor: (json: { code: string }) => post("auth/two-factor/verify-totp", json),
  endFactor: (json: Password) => post("auth/two-factor/disable", json),
  newRecoveryCodes: (json: Password) =>
    post<{ backupCodes: string[] }>("auth/two-factor/generate-backup-codes", json),
  renamePasskey: (json: { id: string; name: string }) => post("auth/passkey/update-passkey", json),
  removePasskey: (json: { id: string }) => post("auth/passkey/delete-passkey", json),
  endSession: (id: string) => call("DELETE", `${path}/sessions/${encodeURIComponent(id)}`),
  endOtherSessions: () => post<{ ended: number }>(`${path}/sessions/end-others`),
  signOut: () => post("auth/sign-out"),
};
