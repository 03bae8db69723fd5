import { HubError } from "../../../platform/errors";
import { openIdProviders, type OpenIdProvider } from "../providers";
import type { createLibrary } from "./options";

export type Library = ReturnType<typeof createLibrary>;

const known = new WeakMap<Env, Map<string, { library: Library; until: number }>>();
// A provider's discovery document is read when the library is made, so it is made anew from time to time.
const openIdMs = 10 * 60_000;
const maxOrigins = 20;

/**
 * The identity library of the hub at `origin`. It knows the one OpenID Connect provider that is asked for, so that no
 * other way to sign in waits for a provider's discovery document.
 */
export async function libraryOf(env: Env, origin: string, provider?: string): Promise<Library> {
  const openId = openIdProviders(env).find(({ id }) => id === provider);
  const libraries = known.get(env) ?? new Map<string, { library: Library; until: number }>();
  known.set(env, libraries);
  const name = `${origin} ${openId?.id ?? ""}`;
  const found = libraries.get(name);
  if (found && Date.now() < found.until) return found.library;
  const { createLibrary } = await import("./options");
  const library = createLibrary({ env, origin, openId });
  if (libraries.size >= maxOrigins) libraries.clear();
  // One that could not read the provider's discovery document is not kept: the next request tries again.
  if (openId && !(await knows(library, openId.id))) throw unreachable(openId);
  libraries.set(name, { library, until: openId ? Date.now() + openIdMs : Infinity });
  return library;
}

const unreachable = ({ name, issuer }: OpenIdProvider) =>
  new HubError(
    "upstream_unreachable",
    `${name} cannot be reached, or its discovery document below ${issuer} cannot be read. Try again later, or sign in another way.`,
  );

async function knows(library: Library, provider: string): Promise<boolean> {
  const { socialProviders } = await library.$context;
  return socialProviders.some(({ id }) => id === provider);
}
