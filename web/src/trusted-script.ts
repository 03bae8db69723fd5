type Policy = { createScriptURL: (url: string) => string };
declare global {
  interface Window {
    trustedTypes?: {
      createPolicy: (name: string, rules: Policy) => Policy;
    };
  }
}

/** The scripts that code of ours names: the service worker, and workers of the build. */
const ours = /^\/(service-worker|assets\/[\w-]+(\.[\w-]+)*)\.js$/;

const policy =
  typeof window === "undefined"
    ? undefined
    : window.trustedTypes?.createPolicy("plugboard", {
        createScriptURL: (url) => {
          if (ours.test(url) || import.meta.env.DEV) return url;
          throw new TypeError("This script is not ours.");
        },
      });

/** The address of a script, as the browser takes it under our content security policy. */
export const trustedScript = (url: string): string => policy?.createScriptURL(url) ?? url;
