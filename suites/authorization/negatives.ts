// What the OAuth RFCs say must not work, by name, against a running hub.
import { elsewhere } from "../../workers/testing/redirect-vectors.ts";
import type { HubProcess } from "../hub-process.ts";
import {
  allow,
  authorizationUrl,
  callback,
  openConsent,
  redeem,
  refresh,
  register,
  send,
  speak,
  verifier,
  type Browser,
} from "./browser.ts";

export type Stage = {
  hub: HubProcess;
  browser: Browser;
  /** Another session. */
  other: Browser;
  /** The slug of a connection. */
  slug: string;
};

type Claim = (stage: Stage) => Promise<void>;

function hold(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

async function letIn({ hub, browser }: Stage, more: Record<string, string> = {}) {
  const clientId = await register(hub.url);
  const back = new URL(await allow(browser, authorizationUrl(hub.url, clientId, more)));
  return { clientId, back, code: back.searchParams.get("code") ?? "" };
}

async function connected(stage: Stage, more: Record<string, string> = {}) {
  const { clientId, code } = await letIn(stage, more);
  const { body } = await redeem(stage.hub.url, { client_id: clientId, code });
  const token: string = body.access_token;
  return { clientId, code, token, refreshToken: body.refresh_token as string };
}

const refusedGrant = ({ status, body }: { status: number; body: any }) =>
  status === 400 && body.error === "invalid_grant";

export const negatives: Record<string, Claim> = {
  "redirect mismatch: at the authorization endpoint": async ({ hub }) => {
    const clientId = await register(hub.url);
    const shown = await send(
      authorizationUrl(hub.url, clientId, { redirect_uri: "https://evil.example/" }),
    );
    hold(shown.status === 400 && !shown.headers.has("location"), "it was followed");
  },
  "redirect mismatch: at the token endpoint": async (stage) => {
    const { clientId, code } = await letIn(stage);
    const form = { client_id: clientId, code, redirect_uri: `${callback}/x` };
    hold(refusedGrant(await redeem(stage.hub.url, form)), "the code was redeemed");
  },
  "code replay": async (stage) => {
    const { clientId, code, token } = await connected(stage);
    hold((await speak(stage.hub.url, token)).status === 200, "the first token was refused");
    hold(
      refusedGrant(await redeem(stage.hub.url, { client_id: clientId, code })),
      "it was redeemed twice",
    );
    hold((await speak(stage.hub.url, token)).status === 401, "the first token still counts");
  },
  "code replay: 20 at once": async (stage) => {
    const { clientId, code } = await letIn(stage);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => redeem(stage.hub.url, { client_id: clientId, code })),
    );
    const won = answers.filter(({ status }) => status === 200);
    hold(won.length <= 1, `${won.length} got tokens`);
    hold(
      answers.filter(refusedGrant).length === 20 - won.length,
      "a loser was told something else",
    );
    for (const { body } of won)
      hold(
        (await speak(stage.hub.url, body.access_token)).status === 401,
        "the winner's token counts",
      );
  },
  "missing verifier": async (stage) => {
    const { clientId, code } = await letIn(stage);
    const { status } = await redeem(stage.hub.url, {
      client_id: clientId,
      code,
      code_verifier: "",
    });
    hold(status === 400, "the code was redeemed");
  },
  "wrong verifier": async (stage) => {
    const { clientId, code } = await letIn(stage);
    const form = { client_id: clientId, code, code_verifier: `${verifier}x` };
    hold(refusedGrant(await redeem(stage.hub.url, form)), "the code was redeemed");
  },
  "missing challenge": async ({ hub }) =>
    faultIs(
      hub,
      { code_challenge: undefined, code_challenge_method: undefined },
      "invalid_request",
    ),
  "plain PKCE": async ({ hub }) =>
    faultIs(hub, { code_challenge_method: "plain" }, "invalid_request"),
  "mixed-up issuer: every answer says who it is from": async (stage) => {
    const { back } = await letIn(stage);
    hold(back.searchParams.get("iss") === stage.hub.url, "a code came without the issuer");
    await faultIs(stage.hub, { response_type: "token" }, "unsupported_response_type");
    const { body } = await send(`${stage.hub.url}/.well-known/oauth-authorization-server`);
    hold(body.issuer === stage.hub.url, "the metadata names another issuer");
  },
  "mixed-up issuer: a code of one host name at another": async (stage) => {
    const { clientId, code } = await letIn(stage);
    const { body } = await redeem(stage.hub.url.replace("127.0.0.1", "localhost"), {
      client_id: clientId,
      code,
    });
    hold(body.access_token === undefined, "the code was redeemed");
  },
  "wrong resource: of another origin": async ({ hub }) =>
    faultIs(hub, { resource: "https://evil.example/mcp" }, "invalid_target"),
  "wrong resource: the code's is another": async (stage) => {
    const { clientId, code } = await letIn(stage);
    const form = { client_id: clientId, code, resource: `${stage.hub.url}/mcp/c/${stage.slug}` };
    const { body } = await redeem(stage.hub.url, form);
    hold(body.error === "invalid_target", "the code was redeemed");
  },
  "wrong audience, in all directions": async (stage) => {
    const { hub, slug } = stage;
    const endpoints = ["/mcp", `/mcp/c/${slug}`];
    const places = [
      ...endpoints,
      "/mcp/c/nobody",
      "/api/v1/me",
      "/api/v1/tools",
      "/api/v1/account",
    ];
    for (const endpoint of endpoints) {
      const { token } = await connected(stage, { resource: `${hub.url}${endpoint}` });
      for (const place of places) {
        const authorization = `Bearer ${token}`;
        const { status } = place.startsWith("/api")
          ? await send(`${hub.url}${place}`, { authorization })
          : await speak(hub.url, token, place);
        const right = place === endpoint ? 200 : 401;
        hold(status === right, `a token for ${endpoint} got ${status} at ${place}`);
      }
      const foreign = await speak(hub.url.replace("127.0.0.1", "localhost"), token, endpoint);
      hold(foreign.status === 401, "it counts at another host name");
    }
  },
  "refresh reuse within the grace": async (stage) => {
    const { clientId, refreshToken } = await connected(stage);
    for (let tries = 0; tries < 2; tries++) {
      const { status } = await refresh(stage.hub.url, clientId, refreshToken);
      hold(status === 200, "a client that lost an answer is shut out");
    }
  },
  "refresh reuse after the grace": async (stage) => {
    const { hub } = stage;
    const { clientId, refreshToken } = await connected(stage);
    const second = (await refresh(hub.url, clientId, refreshToken)).body;
    const third = (await refresh(hub.url, clientId, second.refresh_token)).body;
    hold((await speak(hub.url, third.access_token)).status === 200, "the newest token is refused");
    hold(refusedGrant(await refresh(hub.url, clientId, refreshToken)), "the old one was taken");
    hold((await speak(hub.url, third.access_token)).status === 401, "the grant goes on");
    hold(
      refusedGrant(await refresh(hub.url, clientId, third.refresh_token)),
      "the grant can be refreshed",
    );
  },
  "consent forgery: no Origin": async (stage) => forged(stage, ({ cookie }) => ({ cookie }), 403),
  "consent forgery: foreign Origin": async (stage) =>
    forged(stage, (bound) => ({ ...bound, origin: "https://evil.example" }), 403),
  "consent forgery: nobody signed in": async (stage) =>
    forged(stage, ({ origin, cookie }) => ({ origin, cookie: cookie.split("; ")[1] ?? "" }), 401),
  "consent forgery: another session": async (stage) =>
    forged(
      stage,
      ({ origin, cookie }) => ({
        origin,
        cookie: `${stage.other.cookie}; ${cookie.split("; ")[1]}`,
      }),
      403,
    ),
  "consent forgery: another browser": async (stage) => forged(stage, () => stage.browser, 409),
  "consent forgery: a handle used again": async (stage) => {
    const { shown, bound, decisionUrl } = await begin(stage);
    const json = approval(shown);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => send(decisionUrl, { ...bound, json })),
    );
    hold(
      answers.filter(({ status }) => status === 200).length === 1,
      "more than one answer counted",
    );
    hold((await send(decisionUrl, { ...bound, json })).status === 409, "a spent handle counted");
  },
  "consent forgery: in a frame": async (stage) => {
    const { shown } = await begin(stage);
    const page = await fetch(`${stage.hub.url}/consent?x=1`);
    for (const headers of [shown.headers, page.headers])
      hold(
        headers.get("x-frame-options") === "DENY" ||
          (headers.get("content-security-policy") ?? "").includes("frame-ancestors 'none'"),
        "it may be framed",
      );
  },
  "client impersonation: another's redirect address": async ({ hub }) => {
    await register(hub.url, ["https://honest.example/callback"]);
    const clientId = await register(hub.url, ["https://evil.example/callback"]);
    const url = authorizationUrl(hub.url, clientId, {
      redirect_uri: "https://honest.example/callback",
    });
    hold((await send(url)).status === 400, "it was led on");
  },
  "client impersonation: another's code": async (stage) => {
    const { code } = await letIn(stage);
    const clientId = await register(stage.hub.url);
    hold(
      refusedGrant(await redeem(stage.hub.url, { client_id: clientId, code })),
      "it was redeemed",
    );
  },
  "client impersonation: another's refresh token": async (stage) => {
    const { refreshToken } = await connected(stage);
    const clientId = await register(stage.hub.url);
    hold(refusedGrant(await refresh(stage.hub.url, clientId, refreshToken)), "it was taken");
  },
  "client impersonation: a metadata document of this network": async ({ hub }) => {
    for (const id of [
      "https://10.0.0.1/c.json",
      "https://169.254.169.254/c.json",
      "https://[fd00::1]/c.json",
    ])
      hold((await send(authorizationUrl(hub.url, id))).status === 400, `${id} was led on`);
  },
  "open redirect: fifty redirect addresses": async ({ hub }) => {
    const clientId = await register(hub.url, [
      callback,
      "https://claude.ai/api/mcp/auth_callback",
      "cursor://anysphere.cursor-mcp/oauth/callback",
    ]);
    for (const redirect_uri of elsewhere) {
      const shown = await send(authorizationUrl(hub.url, clientId, { redirect_uri }));
      hold(
        shown.status === 400 && !shown.headers.has("location"),
        `${JSON.stringify(redirect_uri)} got ${shown.status}`,
      );
    }
  },
  "open redirect: a fault of a client anybody could have registered": async ({ hub }) => {
    const redirect_uri = "https://evil.example/callback";
    const clientId = await register(hub.url, [redirect_uri]);
    const shown = await send(
      authorizationUrl(hub.url, clientId, { redirect_uri, response_type: "x" }),
    );
    hold(shown.status === 400 && !shown.headers.has("location"), "it was followed");
  },
  "state injection": async (stage) => {
    const state = 'x&code=evil&iss=https://evil.example\r\nSet-Cookie: a=b"<script>';
    const { back } = await letIn(stage, { state });
    hold(back.searchParams.get("state") === state, "the state came back changed");
    hold(back.searchParams.getAll("iss").length === 1, "a parameter was added");
    hold(back.searchParams.getAll("code").length === 1, "a code was added");
  },
  "parameters sent twice": async ({ hub }) => {
    const url = authorizationUrl(hub.url, await register(hub.url));
    for (const more of ["state=x", "scope=x", `redirect_uri=${callback}`, "client_id=x"])
      hold((await send(`${url}&${more}`)).status === 400, `${more} was taken`);
  },
  "scope injection": async (stage) => {
    const scope = "tools.read team.delete members.manage keys.manage *";
    const clientId = await register(stage.hub.url);
    const url = authorizationUrl(stage.hub.url, clientId, { scope });
    const { shown, bound, decisionUrl } = await openConsent(stage.browser, url);
    hold(shown.body.scopes.length === 1, "more was offered than a client can have");
    const json = { ...approval(shown), scopes: ["tools.read", "team.delete"] };
    hold((await send(decisionUrl, { ...bound, json })).status === 400, "it was granted");
  },
};

async function faultIs(
  hub: HubProcess,
  more: Record<string, string | undefined>,
  error: string,
): Promise<void> {
  const shown = await send(authorizationUrl(hub.url, await register(hub.url), more));
  const back = new URL(shown.headers.get("location") ?? "about:blank").searchParams;
  hold(
    shown.status === 302 && back.get("error") === error,
    `it got ${shown.status} ${back.get("error")}`,
  );
  hold(back.get("iss") === hub.url && back.get("state") === "st4te", "issuer or state is missing");
}

async function begin({ hub, browser }: Stage) {
  return openConsent(browser, authorizationUrl(hub.url, await register(hub.url)));
}

const approval = ({ body }: { body: any }) => ({
  handle: body.handle,
  decision: "approve",
  teamId: body.currentTeamId,
  scopes: ["tools.read"],
});

async function forged(
  stage: Stage,
  forge: (bound: Browser) => Partial<Browser>,
  status: number,
): Promise<void> {
  const { shown, bound, decisionUrl } = await begin(stage);
  const answer = await send(decisionUrl, { ...forge(bound), json: approval(shown) });
  hold(answer.status === status, `it got ${answer.status}: ${answer.text}`);
}
