import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./app.css";
import { ApiError } from "./client";
import { createAppRouter } from "./router";
import { meQuery } from "./shell/queries";
import { registerServiceWorker } from "./shell/version";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A refusal stays one; a hub that was not reached may be there in a moment.
      retry: (failures, error) => !(error instanceof ApiError) && failures < 2,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
const router = createAppRouter(queries);
// Asked for before anything is drawn, while the page's own code is on its way.
if (location.pathname !== "/sign-in") void queries.prefetchQuery(meQuery);

const container = document.getElementById("root");
if (container)
  createRoot(container).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );

addEventListener("load", () => void registerServiceWorker());
