import type {
  FlowErrorCode,
  FlowFault,
  StartConnectFlow,
} from "../../../shared/contracts/connect-flows";
import type { ErrorCode } from "../../../shared/errors";
import {
  authorizeUrl,
  clientOf,
  exchangeCode,
  finishMcpSignIn,
  pollDevice,
  readCallback,
  resolveSecrets,
  startDevice,
  startMcpSignIn,
  type AuthState,
  type OAuthClient,
  type Obtained,
  type SecretRecord,
} from "../../credentials";
import { may, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import type { ConnectFlowRow } from "../tables";
import { randomSecret } from "./browser";
import type { FlowDraft } from "./draft";
import { faultOfToken, FlowFailure } from "./faults";
import type { Claimed } from "./finish";
import type { FlowSecrets, Tokens } from "./sealed";
import type { Way } from "./way";

/** Tokens, and what came to light with them. */
export type Got = Tokens & { params: Record<string, string>; state: AuthState | null };

type Begun = {
  /** 32 random bytes that come back with the browser. */
  state: string;
  secrets: FlowSecrets;
  /** What was asked for in the end. */
  scopes: string[];
  device: { shown: NonNullable<ConnectFlowRow["device"]>; lifetimeMs: number } | null;
};

type Asked = Way & {
  draft: FlowDraft;
  fields: SecretRecord;
  redirectUri: string;
  client: StartConnectFlow["client"];
};

/**
 * The first step at the vendor: an address to send the browser to, or a code to show. Throws `invalid_input` where the
 * connector has no OAuth app, and `upstream_*` where a server that has to be asked did not answer.
 */
export async function beginAtVendor(ctx: Context, asked: Asked): Promise<Begun> {
  const { manifest, method, draft, fields, redirectUri } = asked;
  const state = randomSecret();
  const { params, scopes } = draft;
  const secrets: FlowSecrets = { redirectUri, fields, state: null };
  if (method.kind === "mcp_oauth") return beginAtServer(ctx, asked, state);
  const client = await clientOf(ctx, { connector: manifest.id, method, state: null });
  if (!client)
    throw new HubError(
      "invalid_input",
      `${manifest.name} is signed in to through an OAuth app, and none is set up. Register one there, then store its client id with PUT /api/v1/oauth-apps/${manifest.id}.`,
      { details: { field: "body.connector", reason: "no_app" } },
    );
  if (method.kind === "oauth2_code") {
    const verifier = randomSecret();
    const nonce = randomSecret();
    const told = { method, params, client, scopes, redirectUri, state, verifier, nonce };
    const url = await authorizeUrl(told);
    return {
      state,
      secrets: { ...secrets, authorizeUrl: url, verifier, nonce },
      scopes,
      device: null,
    };
  }
  const started = await startDevice(ctx.env, { manifest, method, params, client, scopes });
  if (!started.ok) throw notBegun(started.fault);
  const { deviceCode, userCode, verificationUri, intervalSeconds, lifetimeSeconds } = started;
  return {
    state,
    secrets: { ...secrets, deviceCode },
    scopes,
    device: {
      shown: {
        userCode,
        verificationUri,
        intervalSeconds,
        nextPollAt: ctx.now + intervalSeconds * 1000,
      },
      lifetimeMs: lifetimeSeconds * 1000,
    },
  };
}

async function beginAtServer(
  ctx: Context,
  { draft, redirectUri, client }: Asked,
  state: string,
): Promise<Begun> {
  const begun = await startMcpSignIn(ctx, {
    url: draft.config?.url ?? "",
    scopes: draft.scopes,
    client,
    mayReplaceClient: may(ctx, "connections.write"),
    redirectUri,
    state,
  });
  if (!begun.ok) throw notBegun(begun.fault);
  const { authorizeUrl: url, verifier, authState, scopes } = begun;
  return {
    state,
    secrets: { redirectUri, fields: {}, authorizeUrl: url, verifier, state: authState },
    scopes,
    device: null,
  };
}

const refusals: Partial<Record<FlowErrorCode, ErrorCode>> = {
  refused_address: "outbound_refused",
  unreachable: "upstream_unreachable",
  misconfigured: "invalid_input",
  scope_refused: "invalid_input",
};

/** Whoever begins it still waits for an answer: they hear at once what the page would say. */
const notBegun = ({ code, message }: FlowFault) =>
  new HubError(refusals[code] ?? "upstream_invalid", message, { details: { reason: code } });

/** The tokens for what the vendor sent back with the browser. Throws `FlowFailure`. */
export async function tokensFrom(claimed: Claimed, query: URLSearchParams): Promise<Got> {
  const { ctx, flow, secrets, manifest, method } = claimed;
  const { redirectUri, verifier = "", nonce, fields, state } = secrets;
  const { params, connector } = flow.draft;
  const client = requireClient(await clientOf(ctx, { connector, method, state }));
  if (method.kind === "mcp_oauth") {
    if (!state) throw new HubError("internal", "The sign-in names no authorization server.");
    const told = { query, verifier, authState: state, client, redirectUri };
    return gotFrom(await finishMcpSignIn(ctx.env, told), { params, fields, state });
  }
  if (method.kind !== "oauth2_code") throw new FlowFailure("state_mismatch");
  const back = { manifest, method, params, query, state: query.get("state") ?? "", client };
  const answer = await readCallback(back);
  if (!answer.ok) throw failure(answer.fault);
  const known = { ...params, ...answer.params };
  const obtained = await exchangeCode(ctx.env, {
    manifest,
    method,
    params: known,
    client,
    code: answer.code,
    redirectUri,
    verifier,
    nonce,
    fields: await resolveSecrets(ctx, fields),
  });
  return gotFrom(obtained, { params: known, fields, state });
}

export type Told =
  | { status: "pending"; slower: boolean }
  | { status: "failed"; fault: FlowFault }
  | { status: "done"; got: Got };

/** Whether the person has entered the code by now. */
export async function askDevice(claimed: Claimed): Promise<Told> {
  const { ctx, flow, secrets, manifest, method } = claimed;
  const { deviceCode = "", fields, state } = secrets;
  const { params, connector } = flow.draft;
  if (method.kind !== "oauth2_device") throw new Error(`${method.kind} has no device code.`);
  const client = await clientOf(ctx, { connector, method, state });
  if (!client) return { status: "failed", fault: noApp().fault };
  const told = await pollDevice(ctx.env, { manifest, method, params, client, deviceCode });
  if (told.status !== "done") return told;
  return { status: "done", got: gotFrom(told.obtained, { params, fields, state }) };
}

type Fault = { ok: false; fault: FlowFault };

/** What was typed stays as it was typed: a secret's name is not replaced by its value. */
function gotFrom(
  obtained: Obtained | Fault,
  { params, fields, state }: Pick<FlowSecrets, "fields" | "state"> & Pick<Got, "params">,
): Got {
  if (!obtained.ok)
    throw failure("fault" in obtained ? obtained.fault : faultOfToken(obtained.failure));
  const { record, expiresAt, scopes } = obtained;
  return {
    record: { ...record, ...fields },
    expiresAt,
    scopes,
    params: { ...params, ...obtained.params },
    state,
  };
}

function requireClient(client: OAuthClient | null): OAuthClient {
  if (client) return client;
  throw noApp();
}

const noApp = () =>
  new FlowFailure(
    "misconfigured",
    "The OAuth app was deleted in the meantime. Store one again, then start again.",
  );

const failure = ({ code, message }: FlowFault) => new FlowFailure(code, message);
