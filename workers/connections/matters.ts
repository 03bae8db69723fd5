// What people hear of a connection's life, in words.
import type { Notice } from "../../shared/contracts/notices";
import type { Matter } from "../notifications";
import type { ConnectionRow } from "./tables";

export type Told = Pick<
  ConnectionRow,
  | "id"
  | "name"
  | "ownerId"
  | "createdBy"
  | "credentialId"
  | "credentialVersion"
  | "refreshes"
  | "expiresAt"
>;

/** Where its page is in the dashboard. */
const pathOf = (row: Told): string => `/connections/${row.id}`;

function matterOf(
  row: Told,
  { kind, title, text }: Pick<Matter, "title" | "text"> & { kind: Notice["kind"] },
): Matter {
  return {
    kind,
    subjectId: row.id,
    title,
    text,
    path: pathOf(row),
    // A token's versions come and go: with the next credential it is another matter.
    matter: [
      kind,
      row.id,
      row.credentialId ?? "none",
      row.refreshes ? "" : row.credentialVersion,
    ].join("/"),
    audience: row.ownerId === null ? { maker: row.createdBy } : { owner: row.ownerId },
  };
}

export const needsReauth = (row: Told): Matter =>
  matterOf(row, {
    kind: "connection.needs_reauth",
    title: `${row.name} has to be signed in again`,
    text: `The connection ${row.name} runs nothing any more: what it signs in with has ended or was taken back. Sign in again; its tools and policies stay as they are.`,
  });

export const expiring = (row: Told): Matter =>
  matterOf(row, {
    kind: "connection.expiring",
    title: `${row.name} expires soon`,
    text: `What the connection ${row.name} signs in with ends on ${new Date(row.expiresAt ?? 0).toISOString().slice(0, 16).replace("T", " at ")} UTC, and the hub cannot renew it. Sign in again or enter a new key before then.`,
  });

export const misconfigured = (row: Told, why: string): Matter =>
  matterOf(row, {
    kind: "connection.misconfigured",
    title: `${row.name} cannot renew its sign-in`,
    text: `The connection ${row.name} could not get a new token: ${why}`,
  });

export const failing = (row: Told, failures: number): Matter =>
  matterOf(row, {
    kind: "connection.failing",
    title: `The server behind ${row.name} fails`,
    text: `The server behind the connection ${row.name} failed ${failures} times, so the hub asks it no longer with every call: one call now and then tries whether it works again. Look at its last errors, and ask who runs it. Nothing has to be done in the hub once it works.`,
  });

export const rotationDue = (row: Told & Pick<ConnectionRow, "rotateEveryDays">): Matter =>
  matterOf(row, {
    kind: "connection.rotation_due",
    title: `Replace the credential of ${row.name}`,
    text: `The credential of the connection ${row.name} is to be replaced every ${row.rotateEveryDays} days, and that time is over. Enter a new one, then take the old one back at the vendor.`,
  });

export const rotated = (row: Told): Matter =>
  matterOf(row, {
    kind: "connection.rotated",
    title: `The credential of ${row.name} was replaced`,
    text: `The hub had the vendor make a new credential for the connection ${row.name}. Calls use it already.`,
  });
