import { catalogue } from "../../../shared/catalogue/all";
import { forMethod } from "../../../shared/catalogue/for-method";
import { Manifest, type AuthMethod } from "../../../shared/catalogue/manifest";

const parsed = new Map<string, Manifest>();

/**
 * A connector's manifest, its defaults filled in. Parsed when it is first asked for: a start pays for none. With a method,
 * as that way to sign in has it: only its parameters, and its own base and test.
 */
export function findConnector(id: string, methodId?: string): Manifest | undefined {
  const manifest = parsedManifest(id);
  return manifest && methodId !== undefined ? forMethod(manifest, methodId) : manifest;
}

function parsedManifest(id: string): Manifest | undefined {
  const known = parsed.get(id);
  if (known) return known;
  const data = catalogue.find((one) => one.id === id);
  if (!data) return undefined;
  const manifest = Manifest.parse(data);
  parsed.set(id, manifest);
  return manifest;
}

/** One of a connector's ways to sign in. */
export function findMethod(connector: string, method: string): AuthMethod | undefined {
  return findConnector(connector)?.auth.find(({ id }) => id === method);
}
