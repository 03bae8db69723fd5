import { Link } from "@tanstack/react-router";
import { ArrowRight, PlugZap } from "lucide-react";
import { connect as connectWords } from "../words/connect";

const say = connectWords.choose;

/** What connects to anything comes first. */
export const McpCard = () => (
  <div className="relative flex items-center gap-4 rounded-xl border border-line-strong/60 bg-surface p-4 shadow-panel transition-colors hover:border-line-strong hover:bg-raised">
    <span
      aria-hidden
      className="grid size-11 shrink-0 place-items-center rounded-lg bg-primary text-on-primary"
    >
      <PlugZap className="size-5.5" />
    </span>
    <div className="min-w-0 flex-1">
      <Link
        to="/connections/new"
        search={{ connector: "mcp" }}
        className="font-semibold after:absolute after:inset-0 after:rounded-xl"
      >
        {say.mcp}
      </Link>
      <p className="text-sm text-muted">{say.mcpWhy}</p>
    </div>
    <ArrowRight aria-hidden className="size-4.5 shrink-0 text-muted" />
  </div>
);
