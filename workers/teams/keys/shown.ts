import type { ApiKey } from "../../../shared/contracts/teams";
import type { CredentialUse } from "../../ledger";
import type { Extent } from "./bounds";
import { apiKeys, people } from "../tables";

/** What a list shows of a key. */
export const shownColumns = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  personId: apiKeys.personId,
  personName: people.name,
  scopes: apiKeys.scopes,
  allowedAddresses: apiKeys.allowedAddresses,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  replacedBy: apiKeys.replacedBy,
};

export type ShownRow = Omit<ApiKey, "personName" | "lastUsed"> & { personName: string | null };

export const toApiKey = (row: ShownRow, lastUsed: CredentialUse | undefined): ApiKey => ({
  ...row,
  personName: row.personName ?? "",
  lastUsed: lastUsed ?? null,
});

/** What the audit keeps of a key. */
export const stateOf = ({
  name,
  prefix,
  scopes,
  expiresAt,
  allowedAddresses,
}: Extent & { name: string; prefix: string }) => ({
  name,
  prefix,
  scopes,
  expiresAt,
  allowedAddresses,
});
