import type { Manifest } from "./manifest";

/** A connector as one of its ways to sign in has it: its parameters, what is asked after consent, its base and its test. */
export function forMethod(manifest: Manifest, methodId: string): Manifest {
  const method = manifest.auth.find(({ id }) => id === methodId);
  const hasIt = ({ methods }: { methods?: string[] | undefined }) =>
    methods === undefined || methods.includes(methodId);
  return {
    ...manifest,
    params: manifest.params.filter(hasIt),
    discover: manifest.discover.filter(hasIt),
    ...(method?.base && {
      request: { headers: {}, query: {}, ...manifest.request, base: method.base },
    }),
    ...(method?.test && { test: method.test }),
  };
}
