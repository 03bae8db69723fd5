import { Braces, Code } from "lucide-react";
import type { ClientId } from "./search";

/** Letters of our own, told apart at a glance: the logos belong to others. */
const letters: Partial<Record<ClientId, string>> = {
  "claude-code": "CC",
  cursor: "Cu",
  vscode: "VS",
  claude: "Cl",
  chatgpt: "GP",
  codex: "Cx",
  "gemini-cli": "Ge",
  windsurf: "Wi",
};

export function ClientMark({ client }: { client: ClientId }) {
  return (
    <span
      aria-hidden
      className="grid size-9 shrink-0 place-items-center rounded-lg border border-line bg-raised text-[0.8125rem] font-semibold text-muted"
    >
      {client === "json" ? (
        <Braces className="size-4" />
      ) : client === "rest" ? (
        <Code className="size-4" />
      ) : (
        letters[client]
      )}
    </span>
  );
}
