import { lazy, Suspense, useEffect, useState } from "react";
import { onFactorAsked, type FactorAsked } from "./step-up";

const StepUpDialog = lazy(() =>
  import("./step-up-dialog").then((code) => ({ default: code.StepUpDialog })),
);

/** The place of the dialog that asks for the second factor. It is loaded when it is first asked for. */
export function LateStepUp() {
  const [asked, setAsked] = useState<FactorAsked>();
  useEffect(
    () =>
      onFactorAsked(({ reason, answer }) =>
        setAsked({
          reason,
          answer: (shown) => {
            setAsked(undefined);
            answer(shown);
          },
        }),
      ),
    [],
  );
  return asked ? (
    <Suspense>
      <StepUpDialog asked={asked} />
    </Suspense>
  ) : null;
}
