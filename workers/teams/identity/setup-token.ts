import { sha256Hex } from "../../platform/encoding";
import { HubError } from "../../platform/errors";

/** Passes whoever sends the deployment's PLUGBOARD_SETUP_TOKEN. Throws `forbidden` where it has none, `unauthorized`. */
export async function requireSetupToken(env: Env, sent: string | undefined): Promise<void> {
  const wanted = env.PLUGBOARD_SETUP_TOKEN;
  if (!wanted)
    throw new HubError(
      "forbidden",
      "This is switched off. Set the secret PLUGBOARD_SETUP_TOKEN to switch it on.",
    );
  // Hashes are compared, so that the time taken tells nothing of the token.
  if (sent === undefined || (await sha256Hex(sent)) !== (await sha256Hex(wanted)))
    throw new HubError(
      "unauthorized",
      "Send the deployment's setup token in the header Authorization: Bearer ….",
    );
}
