import { callApi } from "./api.ts";
import { authorize } from "./authorize.ts";
import { giveDeviceCode } from "./device.ts";
import { isAt, json, Refusal, type Asked, type Reply } from "./exchange.ts";
import { Grants } from "./grants.ts";
import { logIn } from "./login.ts";
import { misbehaviour } from "./misbehave.ts";
import { quirksOf, type PartialQuirks, type Place, type Quirks } from "./quirks.ts";
import { revoke } from "./revoke.ts";
import { giveToken, refusalReply } from "./token.ts";

export type Entry = {
  place: Place;
  method: string;
  host: string | null;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
  status: number;
  /** What was wrong with the request; null where nothing was. */
  complaint: string | null;
};

export type Vendor = {
  quirks: Quirks;
  grants: Grants;
  log: Entry[];
  answer: (asked: Asked) => Promise<Reply>;
};

/** One provider, playing the quirks it is told. */
export function createVendor(told: PartialQuirks = {}): Vendor {
  const vendor: Vendor = { quirks: quirksOf(told), grants: new Grants(), log: [], answer };
  return vendor;

  async function answer(asked: Asked): Promise<Reply> {
    const place = placeOf(asked, vendor.quirks);
    let complaint: string | null = null;
    let reply: Reply;
    try {
      reply = await play(place, asked);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      complaint = error.message;
      reply =
        place === "token" || place === "refresh"
          ? refusalReply(error, vendor.quirks)
          : json(
              { error: error.error, message: `In the vendor's words: ${complaint}` },
              error.status,
            );
    }
    const planned = vendor.quirks.misbehave[place];
    if (planned && (planned.times ?? 1) > 0) {
      if (planned.times !== undefined) planned.times--;
      reply = misbehaviour(planned.how, reply);
    }
    vendor.log.push({
      place,
      method: asked.method,
      host: asked.host,
      path: asked.path,
      query: Object.fromEntries(asked.query),
      headers: asked.headers,
      body: asked.body,
      status: reply.status,
      complaint,
    });
    return reply;
  }

  async function play(place: Place, asked: Asked): Promise<Reply> {
    const { quirks, grants } = vendor;
    switch (place) {
      case "authorize":
        return authorize(asked, quirks, grants);
      case "token":
      case "refresh":
        return giveToken(asked, quirks, grants);
      case "revoke":
        return revoke(asked, quirks, grants);
      case "device":
        return giveDeviceCode(asked, quirks, grants);
      case "login":
        return logIn(asked, quirks, grants);
      case "api":
        return callApi(asked, quirks, grants);
    }
  }
}

function placeOf(asked: Asked, { authorize, token, revoke, device, login }: Quirks): Place {
  if (isAt(asked, authorize.at)) return "authorize";
  if (token.refreshAt !== null && isAt(asked, token.refreshAt)) return "refresh";
  if (isAt(asked, token.at))
    return /"?grant_type"?[=:]\s*"?refresh_token/.test(asked.body) ? "refresh" : "token";
  if (revoke && isAt(asked, revoke.at) && asked.method === revoke.method) return "revoke";
  if (device && isAt(asked, device.at)) return "device";
  if (login && isAt(asked, login.at) && asked.method === login.method) return "login";
  return "api";
}
