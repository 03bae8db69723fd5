import type {
  Connection,
  CreateConnectionBody,
  UpdateConnection,
} from "../../../shared/contracts/connections";
import { draftFaults, emptyDraft, isSound, requestFor, type Draft } from "../connections/draft";
import { headersOf } from "../connections/header-rows";
import { connect as connectWords } from "../words/connect";
import type { StartBody } from "./api";
import type { Fault } from "../connections/checks";
import type { Owner } from "./draft";

const say = connectWords.mcp;

/** How an MCP server knows who asks. `auto` asks it first, and signs in where it wants that. */
export const ways = ["auto", "oauth", "headers", "basic"] as const;
export type Way = (typeof ways)[number];

/** An MCP server as it is typed. `clientId` is of a client that was registered with it beforehand. */
export type McpDraft = Draft & {
  owner: Owner;
  way: Way;
  user: string;
  password: string;
  clientId: string;
  clientSecret: string;
};

export const startMcpDraft = (owner: Owner): McpDraft => ({
  ...emptyDraft,
  owner,
  way: "auto",
  user: "",
  password: "",
  clientId: "",
  clientSecret: "",
});

/** The same for a connection that is there. */
export const mcpDraftOf = ({ name, config, owner, auth }: Connection): McpDraft => ({
  ...startMcpDraft(owner.kind),
  name,
  named: true,
  url: config.url,
  transport: config.transport,
  way: auth.kind === "mcp_oauth" ? "oauth" : auth.kind === "basic" ? "basic" : "headers",
});

export type McpFaults = ReturnType<typeof draftFaults> & { user: Fault; password: Fault };

export function mcpFaults(draft: McpDraft): McpFaults {
  const basic = draft.way === "basic";
  const typed = draftFaults(draft);
  return {
    ...typed,
    ...(draft.way === "headers" ? {} : { headers: {}, tooManyHeaders: false }),
    user: basic ? userFault(draft.user) : undefined,
    password: basic && draft.password === "" ? say.passwordMissing : undefined,
  };
}

function userFault(user: string): Fault {
  if (user.trim() === "") return say.userMissing;
  return user.includes(":") ? say.userColon : undefined;
}

export const isSoundMcp = (faults: McpFaults): boolean =>
  isSound(faults) && !faults.user && !faults.password;

const basicAuth = ({ user, password }: McpDraft) => ({
  method: "basic",
  fields: { username: user.trim(), password },
});

export function mcpCreateBody(draft: McpDraft, allowUnreachable: boolean): CreateConnectionBody {
  const headers = draft.way === "headers" ? draft.headers : [];
  return {
    ...requestFor({ ...draft, headers }, allowUnreachable),
    owner: draft.owner,
    ...(draft.way === "basic" ? { auth: basicAuth(draft) } : {}),
  };
}

export const mcpUpdateBody = (draft: McpDraft): UpdateConnection =>
  draft.way === "basic"
    ? { auth: { ...basicAuth(draft) } }
    : { config: { headers: draft.headers.length > 0 ? headersOf(draft.headers) : null } };

/** `reconnects`: the connection that is signed in anew. */
export function mcpFlowBody(draft: McpDraft, reconnects?: string): StartBody {
  const { name, url, transport, owner } = draft;
  const clientId = draft.clientId.trim();
  const clientSecret = draft.clientSecret.trim();
  return {
    connector: "mcp",
    method: "oauth",
    ...(reconnects === undefined
      ? { name: name.trim(), owner, config: { url: url.trim(), transport } }
      : { connectionId: reconnects }),
    ...(clientId === ""
      ? {}
      : { client: { clientId, ...(clientSecret === "" ? {} : { clientSecret }) } }),
  };
}
