import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { queryKeys } from "../query-keys";
import { notify } from "../ui/notify";
import { words } from "../words";
import { account as own } from "./api";
import { ConfirmPassword } from "./confirm-password";
import type { FactorChange } from "./factor-section";
import { RecoveryCodes } from "./recovery-codes";
import { ScanCode } from "./scan-code";

const say = words.account.factor;

type Step =
  | { at: "password" }
  | { at: "scan"; totpURI: string; backupCodes: string[] }
  | { at: "codes"; backupCodes: string[] };

/** The password, then what was asked for. Closing it half-way leaves everything as it was. */
export function FactorDialog({
  account,
  change,
  onClose,
}: {
  account: Account;
  change: FactorChange;
  onClose: () => void;
}) {
  const [step, setStep] = useState<Step>({ at: "password" });
  const queries = useQueryClient();
  const renew = () => queries.invalidateQueries({ queryKey: queryKeys.account });
  const begin = useMutation({
    gcTime: 0,
    mutationFn: async (password: string): Promise<Step | null> => {
      const shown = account.hasPassword ? { password } : {};
      if (change === "set-up") return { at: "scan", ...(await own.beginFactor(shown)) };
      if (change === "new-codes") return { at: "codes", ...(await own.newRecoveryCodes(shown)) };
      await own.endFactor(shown);
      return null;
    },
    onSuccess: async (next) => {
      if (next) return setStep(next);
      await renew();
      notify({ tone: "success", title: say.turnedOff });
      onClose();
    },
  });
  if (step.at === "scan")
    return (
      <ScanCode
        totpURI={step.totpURI}
        onClose={onClose}
        onConfirmed={() => {
          setStep({ at: "codes", backupCodes: step.backupCodes });
          notify({ tone: "success", title: say.turnedOn });
        }}
      />
    );
  if (step.at === "codes")
    return (
      <RecoveryCodes
        codes={step.backupCodes}
        onClose={() => {
          void renew();
          onClose();
        }}
      />
    );
  return (
    <ConfirmPassword
      account={account}
      change={change}
      busy={begin.isPending}
      error={begin.error}
      onConfirm={begin.mutate}
      onClose={onClose}
    />
  );
}
