import type { Param } from "../../../shared/catalogue/manifest";
import type { FlowErrorCode } from "../../../shared/contracts/connect-flows";
import { wrongWith } from "../../platform/param-rule";

export type Captured =
  | { ok: true; params: Record<string, string> }
  | { ok: false; fault: FlowErrorCode; message: string };

/**
 * What a vendor said of the account, by parameter, judged by what the manifest allows: a value that would send secrets to
 * another host ends the sign-in. `read` finds a value by its place in the answer; `known` is what was typed, which no
 * answer may contradict.
 */
export function captureParams(
  places: Readonly<Record<string, string>>,
  {
    declared,
    known,
    read,
    complete,
  }: {
    declared: readonly Param[];
    known: Readonly<Record<string, string>>;
    read: (place: string) => string | undefined;
    /** Whether what is required must be there: at sign-in, not when a token is renewed. */
    complete: boolean;
  },
): Captured {
  const params: Record<string, string> = {};
  for (const [name, place] of Object.entries(places)) {
    const param = declared.find((one) => one.name === name);
    if (!param) continue;
    const value = read(place);
    if (value === undefined) {
      if (complete && param.required && param.default === undefined && known[name] === undefined)
        return fault("token_invalid", `The vendor did not say ${param.label}. Start again.`);
      continue;
    }
    if (param.source === "user" && known[name] !== undefined) {
      if (known[name] !== value)
        return fault(
          "wrong_account",
          `The vendor answered for another ${param.label} than was entered. Sign in to the right one.`,
        );
      continue;
    }
    const wrong = value.length > 500 ? "long" : wrongWith(param, value);
    if (wrong !== undefined)
      return fault(
        param.hostSuffixes || /:|\//.test(value) ? "refused_address" : "token_invalid",
        `What the vendor gave as ${param.label} is nothing the hub accepts, so it was not used. Start again; if it stays, report it.`,
      );
    params[name] = value;
  }
  return { ok: true, params };
}

const fault = (code: FlowErrorCode, message: string): Captured => ({
  ok: false,
  fault: code,
  message,
});
