import { KeyRound, LogIn } from "lucide-react";
import { ActionFailure } from "../connections/action-failure";
import { worthSaving } from "../connections/advice";
import { ApiError } from "../client";
import { Button } from "../ui/button";
import { words } from "../words";
import { connect as connectWords } from "../words/connect";
import type { Way } from "./mcp-draft";

const said = words.connections.addPage;
const say = connectWords;

/** Why it did not work, whose side it is, and the ways on; a server that asks who one is, leads to its sign-in. */
export function McpFailure({
  error,
  way,
  again,
  onSignIn,
  onHeaders,
  onSave,
}: {
  error: Error;
  way: Way;
  again: boolean;
  onSignIn: () => void;
  onHeaders: () => void;
  onSave: () => void;
}) {
  const code = error instanceof ApiError ? error.code : "";
  const asks = code === "upstream_unauthorized" && way === "auto";
  return (
    <section aria-label={asks ? say.mcp.asks : said.failed} className="flex min-w-0 flex-col gap-3">
      {asks ? (
        <div
          role="alert"
          className="flex min-w-0 flex-col gap-3 rounded-xl border border-accent/40 bg-accent-soft p-4"
        >
          <div>
            <p className="font-semibold">{say.mcp.asks}</p>
            <p className="text-sm">{say.mcp.asksWhy}</p>
          </div>
          <div className="flex flex-wrap gap-2">
            <Button
              look="primary"
              icon={<LogIn aria-hidden className="size-4" />}
              onClick={onSignIn}
            >
              {say.mcp.signIn}
            </Button>
            <Button icon={<KeyRound aria-hidden className="size-4" />} onClick={onHeaders}>
              {say.mcp.useHeaders}
            </Button>
          </div>
        </div>
      ) : (
        <ActionFailure error={error} />
      )}
      <p className="text-sm text-muted">{again ? say.setup.nothingChanged : said.nothingSaved}</p>
      {worthSaving(code) && !again ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Button size="small" className="min-h-9" onClick={onSave}>
            {said.saveAnyway}
          </Button>
          <span className="text-[0.8125rem] text-muted">{said.saveAnywayHint}</span>
        </div>
      ) : null}
    </section>
  );
}
