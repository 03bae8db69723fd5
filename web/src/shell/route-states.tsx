import type { ErrorComponentProps } from "@tanstack/react-router";
import { RefreshCw } from "lucide-react";
import { Button } from "../ui/button";
import { SkeletonRows } from "../ui/skeleton";
import { EmptyState, ErrorState } from "../ui/states";
import { words } from "../words";

/** A page whose code is gone from the server was replaced by a newer version. */
const isMissingCode = (error: unknown): boolean =>
  error instanceof TypeError &&
  /dynamically imported module|module script|Importing a module/i.test(error.message);

export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto w-full max-w-5xl p-6">
      {isMissingCode(error) ? (
        <EmptyState
          icon={<RefreshCw className="size-6" />}
          title={words.newVersion.title}
          actions={
            <Button look="primary" onClick={() => location.reload()}>
              {words.newVersion.action}
            </Button>
          }
        >
          <p>{words.newVersion.needed}</p>
        </EmptyState>
      ) : (
        <ErrorState error={error} retry={reset} />
      )}
    </div>
  );
}

export const RoutePending = () => (
  <div className="mx-auto w-full max-w-5xl p-6">
    <SkeletonRows />
  </div>
);
