// What was typed, while the page itself goes to the vendor and comes back. Nothing secret is kept: fields are typed anew.
import type { Draft } from "./draft";
import type { McpDraft } from "./mcp-draft";
import type { ConnectSearch } from "./search";

const key = "plugboard.connect";

/** Without what is sealed. */
export type KeptDraft = Omit<Draft, "fields" | "headers">;
export type KeptServer = Pick<McpDraft, "name" | "named" | "url" | "transport" | "owner" | "way">;
/** `form` is where it stands; `server` is an MCP server's, whose address holds no secret. */
export type KeptForm = {
  form: Pick<ConnectSearch, "connector" | "reconnect">;
  draft?: KeptDraft;
  server?: KeptServer;
};
type Kept = KeptForm & { flow: string };

export function keepForm(kept: Kept): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Storage is switched off: the form begins anew.
  }
}

function read(): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    const isKept = typeof kept === "object" && kept !== null && "flow" in kept && "form" in kept;
    return isKept ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}

/** The form this page was left for, where it was this flow's. */
export function keptForm(flow: string): KeptForm | undefined {
  const kept = read();
  return kept?.flow === flow ? kept : undefined;
}

/** What was typed into this form before the page was left. */
export function typedInto({ connector, reconnect }: KeptForm["form"]): Partial<KeptForm> {
  const kept = read();
  const same = kept?.form.connector === connector && kept?.form.reconnect === reconnect;
  return same && kept ? kept : {};
}

export function forgetForm(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}
