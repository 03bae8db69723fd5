import { Check } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Permission } from "../../../shared/roles";
import { useMay } from "../shell/use-may";
import { Button, ButtonLink } from "../ui/button";
import { classNames } from "../ui/class-names";
import { Skeleton } from "../ui/skeleton";
import { words } from "../words";
import type { StepId } from "./steps";

const Automate = lazy(() => import("./automate").then(({ Automate }) => ({ default: Automate })));
const { steps: say } = words.home;

const needs: Record<StepId, Permission> = {
  connect: "connections.write",
  try: "tools.call",
  client: "keys.write",
  automate: "keys.write",
};

type StepRowProps = {
  id: StepId;
  number: number;
  isDone: boolean;
  isNext: boolean;
  /** Whether a step that is done still offers its action. */
  canRepeat: boolean;
};

export function StepRow({ id, number, isDone, isNext, canRepeat }: StepRowProps) {
  const [open, setOpen] = useState(false);
  const allowed = useMay(needs[id]);
  const { title, sentence, notAllowed } = say[id];
  const folded = isDone && !canRepeat;
  const look = isNext ? "primary" : "secondary";
  return (
    <li
      className={classNames(
        "flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2 px-4",
        folded ? "min-h-11" : "min-h-17 py-3",
      )}
    >
      <span
        aria-hidden
        className={classNames(
          "grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold",
          isDone ? "bg-success-soft text-success" : "bg-raised text-muted",
        )}
      >
        {isDone ? <Check className="size-4" /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <h3 className={classNames("text-sm", folded && "font-normal text-muted")}>
          {title}
          {isDone ? <span className="sr-only">: {say.done}</span> : null}
        </h3>
        {folded ? null : (
          <p className="text-[0.8125rem] text-muted">{allowed ? sentence : notAllowed}</p>
        )}
      </div>
      {folded || !allowed ? null : (
        <div className="w-full pl-9 sm:w-auto sm:pl-0">
          {id === "automate" ? (
            <Button look={look} aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? say.automate.hide : say.automate.action}
            </Button>
          ) : (
            <StepLink id={id} look={look} />
          )}
        </div>
      )}
      {open && !folded ? (
        <div className="w-full pb-2 sm:pl-9">
          <Suspense fallback={<Skeleton className="h-40 w-full" />}>
            <Automate isDone={isDone} />
          </Suspense>
        </div>
      ) : null}
    </li>
  );
}

function StepLink({
  id,
  look,
}: {
  id: "connect" | "try" | "client";
  look: "primary" | "secondary";
}) {
  const { action } = say[id];
  switch (id) {
    case "connect":
      return (
        <ButtonLink to="/connections/new" look={look}>
          {action}
        </ButtonLink>
      );
    case "try":
      return (
        <ButtonLink to="/playground" look={look}>
          {action}
        </ButtonLink>
      );
    case "client":
      return (
        <ButtonLink to="/clients" look={look}>
          {action}
        </ButtonLink>
      );
  }
}
