import { useEffect, useState } from "react";

type Policy = { createScriptURL: (url: string) => string };
declare global {
  interface Window {
    trustedTypes?: {
      createPolicy: (name: string, rules: Policy) => Policy;
    };
  }
}

const serviceWorker = "/service-worker.js";

/** The one address of a script that code of ours names; the browser takes it from this policy only. */
const policy =
  typeof window === "undefined"
    ? undefined
    : window.trustedTypes?.createPolicy("plugboard", {
        createScriptURL: (url) => {
          if (url === serviceWorker) return url;
          throw new TypeError("This script is not ours.");
        },
      });

export async function registerServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  await navigator.serviceWorker
    .register(policy?.createScriptURL(serviceWorker) ?? serviceWorker)
    .catch(() => undefined);
}

/** Loads the new version, once there is one. */
export function useNewVersion(): (() => void) | undefined {
  const [waiting, setWaiting] = useState<ServiceWorker>();
  useEffect(() => {
    if (!("serviceWorker" in navigator)) return;
    let gone = false;
    const look = (registration: ServiceWorkerRegistration | undefined) => {
      // The first version of all has nobody to take over from.
      if (!registration || gone || !navigator.serviceWorker.controller) return;
      if (registration.waiting) setWaiting(registration.waiting);
      registration.addEventListener("updatefound", () => {
        const next = registration.installing;
        next?.addEventListener("statechange", () => {
          if (next.state === "installed" && !gone) setWaiting(next);
        });
      });
    };
    void navigator.serviceWorker.getRegistration().then(look);
    return () => {
      gone = true;
    };
  }, []);
  if (!waiting) return undefined;
  return () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
      once: true,
    });
    waiting.postMessage("activate");
  };
}
