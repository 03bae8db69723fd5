import { describe, expect, it } from "vitest";
import type { ConnectFlow } from "../../../shared/contracts/connect-flows";
import { idle, nextState, underWay, type SignInEvent, type SignInState } from "./sign-in-state";

const flow: ConnectFlow = {
  id: "flo_1",
  status: "waiting",
  connector: "shop",
  authorizeUrl: "https://shop.example/authorize",
  device: null,
  choices: null,
  connectionId: null,
  connection: null,
  error: null,
  expiresAt: 0,
};
const see = (more: Partial<ConnectFlow> = {}): SignInEvent => ({
  did: "see",
  flow: { ...flow, ...more },
});
const press = (window: "open" | "blocked" | "none" = "open"): SignInEvent => ({
  did: "press",
  window,
});
const denied = { code: "denied", message: "No." } as const;
const after = (...events: SignInEvent[]): SignInState => events.reduce(nextState, idle);

describe("a sign-in", () => {
  it.each<[string, SignInEvent[], string]>([
    ["begins with the press", [press()], "starting"],
    ["waits once the hub has begun", [press(), see()], "waiting"],
    ["goes on as the hub says", [press(), see(), see({ status: "working" })], "working"],
    ["may be done at once", [press(), see(), see({ status: "done" })], "done"],
    ["may need a choice", [press(), see(), see({ status: "choosing" })], "choosing"],
    ["fails as the hub says", [press(), see({ status: "failed", error: denied })], "failed"],
    ["is refused before it begins", [press(), { did: "refuse", error: new Error() }], "refused"],
    [
      "begins anew after a failure",
      [press(), see({ status: "failed", error: denied }), press()],
      "starting",
    ],
    ["ends when it is left", [press(), see(), { did: "leave" }], "idle"],
    ["takes no answer once it was left", [press(), { did: "leave" }, see()], "idle"],
    [
      "does not go back for an answer that comes late",
      [press(), see(), see({ status: "working" }), see()],
      "working",
    ],
    ["stays done", [press(), see({ status: "done" }), see({ status: "working" })], "done"],
    [
      "hears of no other sign-in",
      [press(), see(), see({ id: "flo_2", status: "done" })],
      "waiting",
    ],
    [
      "fails where the hub knows it no more",
      [press(), see(), { did: "lose", fault: denied }],
      "failed",
    ],
  ])("%s", (_, events, at) => expect(after(...events).at).toBe(at));

  it("is asked about as long as it goes on", () => {
    expect(underWay(after(press()))).toBeUndefined();
    expect(underWay(after(press(), see()))).toBe("flo_1");
    expect(underWay(after(press(), see(), see({ status: "working" })))).toBe("flo_1");
    expect(underWay(after(press(), see({ status: "done" })))).toBeUndefined();
  });
});

describe("its window", () => {
  it("is remembered while the hub begins, and while somebody signs in", () => {
    expect(after(press("blocked"), see())).toMatchObject({ at: "waiting", window: "blocked" });
    expect(after(press(), see(), { did: "window", window: "closed" }, see())).toMatchObject({
      at: "waiting",
      window: "closed",
    });
  });

  it("is a remark only: that it closed ends nothing", () => {
    const state = after(press(), see(), see({ status: "working" }), {
      did: "window",
      window: "closed",
    });
    expect(state.at).toBe("working");
  });

  it("is none where a code is entered elsewhere", () => {
    const device = { userCode: "A-B", verificationUri: "https://shop.example", intervalSeconds: 5 };
    expect(after(press("none"), see({ device }))).toMatchObject({ at: "waiting", window: "none" });
  });
});
