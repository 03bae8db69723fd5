// The browser's half of passkeys. Its library is loaded when it is needed.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { call } from "../client";

export const knowsPasskeys = (): boolean => "PublicKeyCredential" in globalThis;

/** No passkey was used: closed, timed out, or there is none. The browser does not tell which. */
export class PasskeyRefused extends Error {
  override name = "PasskeyRefused";
}

/** Lets the reader choose a passkey, in the browser's dialog or among what it fills in, and signs in with it. */
export async function signInWithPasskey({ fillIn = false } = {}): Promise<void> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const optionsJSON = await call<PublicKeyCredentialRequestOptionsJSON>(
    "GET",
    "auth/passkey/generate-authenticate-options",
  ).catch((error: unknown) => {
    // An offer that nobody asked for is made or not.
    throw fillIn ? new PasskeyRefused("No passkey is offered.", { cause: error }) : error;
  });
  const response = await startAuthentication({ optionsJSON, useBrowserAutofill: fillIn }).catch(
    refused,
  );
  await call("POST", "auth/passkey/verify-authentication", { json: { response } });
}

export async function addPasskey(name: string): Promise<void> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = await call<PublicKeyCredentialCreationOptionsJSON>(
    "GET",
    "auth/passkey/generate-register-options",
  );
  const response = await startRegistration({ optionsJSON }).catch(refused);
  await call("POST", "auth/passkey/verify-registration", { json: { response, name } });
}

export async function canFillInPasskeys(): Promise<boolean> {
  if (!knowsPasskeys()) return false;
  return (await import("@simplewebauthn/browser")).browserSupportsWebAuthnAutofill();
}

/** Takes back what the browser offers to fill in. */
export async function stopFillingIn(): Promise<void> {
  (await import("@simplewebauthn/browser")).WebAuthnAbortService.cancelCeremony();
}

function refused(error: unknown): never {
  throw new PasskeyRefused("No passkey was used.", { cause: error });
}
