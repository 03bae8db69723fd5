import { useEffect, useState } from "react";
import { trustedScript } from "../trusted-script";

const serviceWorker = "/service-worker.js";

export async function registerServiceWorker(): Promise<void> {
  if (!("serviceWorker" in navigator) || import.meta.env.DEV) return;
  await navigator.serviceWorker.register(trustedScript(serviceWorker)).catch(() => undefined);
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
    const registration = navigator.serviceWorker.getRegistration();
    void registration.then(look);
    // An open page looks whether there is a newer version whenever somebody comes back to it.
    const lookAgain = () => {
      if (document.visibilityState === "visible")
        void registration.then((known) => known?.update()).catch(() => undefined);
    };
    document.addEventListener("visibilitychange", lookAgain);
    addEventListener("online", lookAgain);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", lookAgain);
      removeEventListener("online", lookAgain);
    };
  }, []);
  if (!waiting) return undefined;
  return () => {
    // Another tab may have taken it already.
    if (waiting.state !== "installed") return location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
      once: true,
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
    waiting.postMessage("activate");
  };
}
