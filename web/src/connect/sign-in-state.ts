import type { ConnectFlow, FlowFault } from "../../../shared/contracts/connect-flows";

/**
 * The window somebody signs in in. `none`: there is none, as for a code that is entered elsewhere. That one is closed
 * may be untrue: a vendor's page can cut the tie to ours.
 */
export type SignInWindow = "open" | "closed" | "blocked" | "none";

export type SignInState =
  | { at: "idle" }
  /** The hub is asked to begin. */
  | { at: "starting"; window: SignInWindow }
  | { at: "refused"; error: Error }
  | { at: "waiting"; flow: ConnectFlow; window: SignInWindow }
  | { at: "choosing" | "working" | "done"; flow: ConnectFlow }
  | { at: "failed"; flow: ConnectFlow; fault: FlowFault };

export type SignInEvent =
  | { did: "press"; window: SignInWindow }
  | { did: "refuse"; error: Error }
  /** The flow as the hub tells it, at the start or later. */
  | { did: "see"; flow: ConnectFlow }
  | { did: "lose"; fault: FlowFault }
  | { did: "window"; window: SignInWindow }
  | { did: "leave" };

export const idle: SignInState = { at: "idle" };

/** Only what the hub says of a flow moves a sign-in on; what becomes of the window is a remark. */
export function nextState(state: SignInState, event: SignInEvent): SignInState {
  switch (event.did) {
    case "press":
      return { at: "starting", window: event.window };
    case "leave":
      return idle;
    case "refuse":
      return state.at === "starting" ? { at: "refused", error: event.error } : state;
    case "window":
      return state.at === "starting" || state.at === "waiting"
        ? { ...state, window: event.window }
        : state;
    case "see":
      return seen(state, event.flow);
    case "lose":
      return "flow" in state && !isOver(state)
        ? { at: "failed", flow: state.flow, fault: event.fault }
        : state;
  }
}

function seen(state: SignInState, flow: ConnectFlow): SignInState {
  if (state.at === "idle" || state.at === "refused" || isOver(state)) return state;
  if ("flow" in state && state.flow.id !== flow.id) return state;
  switch (flow.status) {
    case "waiting": {
      // An answer that was on its way may be older than the one before it.
      if (state.at === "working" || state.at === "choosing") return state;
      const window = "window" in state ? state.window : "none";
      return { at: "waiting", flow, window: flow.device ? "none" : window };
    }
    case "failed":
      return flow.error ? { at: "failed", flow, fault: flow.error } : state;
    case "choosing":
    case "working":
    case "done":
      return { at: flow.status, flow };
  }
}

const isOver = ({ at }: SignInState): boolean => at === "done" || at === "failed";

/** The sign-in the hub is asked about, as long as it goes on. */
export const underWay = (state: SignInState): string | undefined =>
  "flow" in state && !isOver(state) ? state.flow.id : undefined;
