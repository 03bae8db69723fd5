import type { Passkey } from "../../../shared/contracts/auth";
import { plainLine } from "../ui/foreign";
import { words } from "../words";

export const passkeyName = ({ name }: Passkey): string =>
  plainLine(name ?? words.account.passkeys.unnamed, 80);
