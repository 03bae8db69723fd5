import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { activitySearch } from "./executions/search";
import { clientsSearch } from "./mcp/search";
import { connectionSearch, connectionsSearch } from "./connections/search";
import { playgroundSearch } from "./tools/search";
import { prefetchHome } from "./home/queries";
import { Shell } from "./shell/shell";
import { RouteError, RoutePending } from "./shell/route-states";
import { signInSearch } from "./teams/search";
import { NotFound } from "./ui/states";
import { Page } from "./ui/page";
import { words } from "./words";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import("./teams/sign-in-page"), "SignInPage"),
});

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  loader: ({ context }) => prefetchHome(context.queries),
  component: lazyRouteComponent(() => import("./home/home-page"), "HomePage"),
});
const connections = createRoute({
  getParentRoute: () => shell,
  path: "/connections",
  validateSearch: connectionsSearch,
  component: lazyRouteComponent(() => import("./connections/connections-page"), "ConnectionsPage"),
});
const connection = createRoute({
  getParentRoute: () => shell,
  path: "/connections/$id",
  validateSearch: connectionSearch,
  component: lazyRouteComponent(() => import("./connections/connection-page"), "ConnectionPage"),
});
const playground = createRoute({
  getParentRoute: () => shell,
  path: "/playground",
  validateSearch: playgroundSearch,
  component: lazyRouteComponent(() => import("./tools/playground-page"), "PlaygroundPage"),
});
// The page itself shows the tool, so that the list beside it stays as it is.
const playgroundTool = createRoute({ getParentRoute: () => playground, path: "$toolId" });
const activity = createRoute({
  getParentRoute: () => shell,
  path: "/activity",
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import("./executions/activity-page"), "ActivityPage"),
});
const execution = createRoute({
  getParentRoute: () => shell,
  path: "/activity/$executionId",
  component: lazyRouteComponent(() => import("./executions/execution-page"), "ExecutionPage"),
});
const clients = createRoute({
  getParentRoute: () => shell,
  path: "/clients",
  validateSearch: clientsSearch,
  component: lazyRouteComponent(() => import("./mcp/clients-page"), "ClientsPage"),
});
const anythingElse = createRoute({
  getParentRoute: () => shell,
  path: "$",
  component: () => (
    <Page title={words.notFound.title}>
      <NotFound />
    </Page>
  ),
});

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      signIn,
      shell.addChildren([
        home,
        connections,
        connection,
        playground.addChildren([playgroundTool]),
        activity,
        execution,
        clients,
        anythingElse,
      ]),
    ]),
    context: { queries },
    defaultPreload: "intent",
    defaultPreloadDelay: 50,
    scrollRestoration: true,
    defaultErrorComponent: RouteError,
    defaultPendingComponent: RoutePending,
    defaultPendingMs: 150,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
