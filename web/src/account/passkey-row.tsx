import { KeyRound, Pencil, Trash2 } from "lucide-react";
import type { Passkey } from "../../../shared/contracts/auth";
import { ForeignName } from "../ui/foreign";
import { Menu } from "../ui/menu";
import { RelativeTime } from "../ui/time";
import { words } from "../words";
import { passkeyName } from "./passkey-name";

const say = words.account.passkeys;

export function PasskeyRow({
  passkey,
  onRename,
  onRemove,
}: {
  passkey: Passkey;
  onRename: () => void;
  onRemove: () => void;
}) {
  const name = passkeyName(passkey);
  return (
    <li className="flex min-w-0 items-center gap-3 py-2.5 pr-2 pl-4">
      <KeyRound aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-sm font-medium">
          <ForeignName>{name}</ForeignName>
        </p>
        <p className="text-[0.8125rem] text-muted">
          {passkey.createdAt === null ? null : (
            <>
              {say.created} <RelativeTime at={passkey.createdAt} />
            </>
          )}
          {passkey.createdAt !== null && passkey.backedUp ? " · " : null}
          {passkey.backedUp ? say.synced : null}
        </p>
      </div>
      <Menu
        label={say.actions(name)}
        items={[
          { label: say.rename, icon: <Pencil aria-hidden className="size-4" />, run: onRename },
          {
            label: say.remove,
            icon: <Trash2 aria-hidden className="size-4" />,
            run: onRemove,
            danger: true,
          },
        ]}
      />
    </li>
  );
}
