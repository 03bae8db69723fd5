import { Building2, KeyRound } from "lucide-react";
import type { AuthMethods } from "../../../shared/contracts/auth";
import { Button } from "../ui/button";
import { plainLine } from "../ui/foreign";
import { words } from "../words";
import { knowsPasskeys } from "./passkey";

const say = words.signIn;

export type OtherWay = "passkey" | "sso" | { provider: string };

/** Everything that is not a password. One at a time works; the others wait. */
export function OtherWays({
  methods,
  busy,
  onChoose,
}: {
  methods: AuthMethods | undefined;
  busy: OtherWay | undefined;
  onChoose: (way: OtherWay) => void;
}) {
  const isBusy = (way: OtherWay) => JSON.stringify(way) === JSON.stringify(busy);
  return (
    <div className="flex flex-col gap-2.5">
      <p className="flex items-center gap-3 text-[0.8125rem] text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {say.or}
      </p>
      {knowsPasskeys() ? (
        <Button
          icon={<KeyRound aria-hidden className="size-4" />}
          busy={isBusy("passkey")}
          disabled={busy !== undefined && !isBusy("passkey")}
          onClick={() => onChoose("passkey")}
        >
          {say.passkey}
        </Button>
      ) : null}
      {methods?.providers.map(({ id, name }) => (
        <Button
          key={id}
          busy={isBusy({ provider: id })}
          disabled={busy !== undefined && !isBusy({ provider: id })}
          onClick={() => onChoose({ provider: id })}
        >
          {say.provider(plainLine(name, 40))}
        </Button>
      ))}
      <Button
        icon={<Building2 aria-hidden className="size-4" />}
        busy={isBusy("sso")}
        disabled={busy !== undefined && !isBusy("sso")}
        onClick={() => onChoose("sso")}
      >
        {say.sso}
      </Button>
    </div>
  );
}
