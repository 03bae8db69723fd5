import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./app.css";
import { ApiError } from "./client";
import { queryKeys } from "./query-keys";
import { createAppRouter, standsAlone } from "./router";
import { meQuery } from "./shell/queries";
import { registerServiceWorker } from "./shell/version";

const longestWaitMs = 1500;

/** Whoever is told that their session has ended is asked for anew, and the page says so. */
const onError = (error: Error) => {
  if (error instanceof ApiError && error.code === "unauthorized")
    void queries.invalidateQueries({ queryKey: queryKeys.me });
};
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      if (queryKey[0] !== queryKeys.me[0]) onError(error);
    },
  }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; a hub that was not reached may be there in a moment.
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      networkMode: "always",
      refetchOnReconnect: true,
    },
    mutations: { networkMode: "always" },
  },
});
const router = createAppRouter(queries);

/**
 * Draws once who is signed in and the page's code are there, so that nothing is drawn in vain; until then the first
 * page's own words stand. As a transition, so that a slow phone stays responsive while it draws.
 */
async function start(container: HTMLElement): Promise<void> {
  const ready = [router.load()];
  if (!standsAlone(location.pathname)) ready.push(queries.prefetchQuery(meQuery));
  const late = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
  await Promise.race([Promise.allSettled(ready), late]);
  startTransition(() =>
    createRoot(container).render(
      <StrictMode>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StrictMode>,
    ),
  );
}

const container = document.getElementById("root");
if (container) void start(container);

// On a first visit the page comes first, and what is kept for later follows.
const registerAfterMs = navigator.serviceWorker?.controller ? 0 : 5000;
addEventListener("load", () => setTimeout(() => void registerServiceWorker(), registerAfterMs));
