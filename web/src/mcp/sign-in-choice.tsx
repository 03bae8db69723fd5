import type { ReactNode } from "react";
import { Badge } from "../ui/badge";
import { clients as clientWords } from "../words/clients";

const { signIn: say } = clientWords;

export type SignInWay = "account" | "key";

/** With the reader's account, which needs nothing copied, or with a key; what belongs to the key stands below it. */
export function SignInChoice({
  value,
  onChange,
  children,
}: {
  value: SignInWay;
  onChange: (way: SignInWay) => void;
  children: ReactNode;
}) {
  const way = (way: SignInWay, label: ReactNode, hint: string) => (
    <label className="flex min-w-0 cursor-pointer items-start gap-3 rounded-lg border border-line px-3 py-2.5 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name="sign-in"
        checked={value === way}
        onChange={() => onChange(way)}
        className="mt-1 size-4 shrink-0 accent-accent outline-none"
      />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm font-medium">
          {label}
        </span>
        <span className="block text-[0.8125rem] text-muted">{hint}</span>
      </span>
    </label>
  );
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-3 text-base font-semibold">{say.title}</legend>
        {way(
          "account",
          <>
            {say.account} <Badge tone="success">{say.recommended}</Badge>
          </>,
          say.accountHint,
        )}
        {way("key", say.key, say.keyHint)}
      </fieldset>
      {value === "key" ? children : null}
    </div>
  );
}
