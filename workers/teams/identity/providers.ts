import * as z from "zod";
import { HubError } from "../../platform/errors";
import { once } from "../../platform/settings";

export type OpenIdProvider = z.infer<typeof OpenIdProvider>;
const OpenIdProvider = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(80),
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
});

/** The OpenID Connect providers of PLUGBOARD_OIDC. Throws `unavailable` where the setting cannot be read. */
export const openIdProviders = once((env): OpenIdProvider[] => {
  const text = env.PLUGBOARD_OIDC;
  if (!text) return [];
  try {
    const providers = z.array(OpenIdProvider).parse(JSON.parse(text));
    const ids = providers.map(({ id }) => id);
    if (new Set([...ids, "github", "google", "credential"]).size < ids.length + 3)
      throw new Error("two providers have one id");
    return providers;
  } catch (error) {
    throw new HubError(
      "unavailable",
      "The setting PLUGBOARD_OIDC must be a JSON list of { id, name, issuer, clientId, clientSecret }, each id its own.",
      { cause: error },
    );
  }
});

/** The OAuth apps of GitHub and Google, where the deployment has them. */
export function socialProviders(env: Env) {
  const { PLUGBOARD_GITHUB_ID, PLUGBOARD_GITHUB_SECRET } = env;
  const { PLUGBOARD_GOOGLE_ID, PLUGBOARD_GOOGLE_SECRET } = env;
  return {
    ...(PLUGBOARD_GITHUB_ID && PLUGBOARD_GITHUB_SECRET
      ? { github: { clientId: PLUGBOARD_GITHUB_ID, clientSecret: PLUGBOARD_GITHUB_SECRET } }
      : {}),
    ...(PLUGBOARD_GOOGLE_ID && PLUGBOARD_GOOGLE_SECRET
      ? { google: { clientId: PLUGBOARD_GOOGLE_ID, clientSecret: PLUGBOARD_GOOGLE_SECRET } }
      : {}),
  };
}

const names: Record<string, string> = { github: "GitHub", google: "Google" };

/** Where else one can sign in to this hub. */
export function providersOf(env: Env): { id: string; name: string }[] {
  return [
    ...Object.keys(socialProviders(env)).map((id) => ({ id, name: names[id] ?? id })),
    ...openIdProviders(env).map(({ id, name }) => ({ id, name })),
  ];
}

export const providerName = (env: Env, id: string): string =>
  providersOf(env).find((provider) => provider.id === id)?.name ?? names[id] ?? id;
