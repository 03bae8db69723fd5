import { lazy, Suspense, useState } from "react";
import type { Account } from "../../../shared/contracts/account";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { Panel, Section } from "../ui/page";
import { words } from "../words";

const FactorDialog = lazy(() =>
  import("./factor-dialog").then((code) => ({ default: code.FactorDialog })),
);
const say = words.account.factor;

export type FactorChange = "set-up" | "new-codes" | "turn-off";

export function FactorSection({ account }: { account: Account }) {
  const [change, setChange] = useState<FactorChange>();
  const { enabled } = account.secondFactor;
  return (
    <Section title={say.title}>
      <Panel className="flex flex-wrap items-center justify-between gap-3 p-4 sm:p-5">
        <div className="flex min-w-56 flex-1 flex-col items-start gap-1.5">
          <Badge tone={enabled ? "success" : "neutral"}>{enabled ? say.on : say.off}</Badge>
          <p className="text-sm text-muted">{enabled ? say.onHint : say.offHint}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          {enabled ? (
            <>
              <Button onClick={() => setChange("new-codes")}>{say.newCodes}</Button>
              <Button onClick={() => setChange("turn-off")}>{say.turnOff}</Button>
            </>
          ) : (
            <Button look="primary" onClick={() => setChange("set-up")}>
              {say.setUp}
            </Button>
          )}
        </div>
      </Panel>
      <Suspense>
        {change ? (
          <FactorDialog account={account} change={change} onClose={() => setChange(undefined)} />
        ) : null}
      </Suspense>
    </Section>
  );
}
