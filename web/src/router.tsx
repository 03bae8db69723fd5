import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from "@tanstack/react-router";
import { auditSearch } from "./audit/search";
import { appsSearch, connectSearch, doneSearch } from "./connect/search";
import { consentSearch } from "./consent/search";
import { activitySearch } from "./executions/search";
import { jobsSearch } from "./jobs/search";
import { limitsSearch } from "./limits/search";
import { clientsSearch } from "./mcp/search";
import { connectionSearch, connectionsSearch } from "./connections/search";
import { playgroundSearch } from "./tools/search";
import { membersSearch } from "./members/search";
import { secretsSearch } from "./secrets/search";
import { noticesSearch } from "./notices/search";
import { prefetchHome } from "./home/queries";
import { Shell } from "./shell/shell";
import { RouteError, RoutePending } from "./shell/route-states";
import { methodsQuery } from "./teams/auth";
import { signInSearch, tokenSearch } from "./teams/search";
import { NotFound } from "./ui/states";
import { Page } from "./ui/page";
import { words } from "./words";

const root = createRootRouteWithContext<{ queries: QueryClient }>()({});

type Loading = { context: { queries: QueryClient } };
/** Which ways in the hub has is known before a page draws them: nothing on it moves. */
const withMethods = ({ context }: Loading) => context.queries.prefetchQuery(methodsQuery);

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  loader: withMethods,
  component: lazyRouteComponent(() => import("./teams/sign-in-page"), "SignInPage"),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: "/sign-up",
  validateSearch: tokenSearch,
  loader: withMethods,
  component: lazyRouteComponent(() => import("./teams/sign-up-page"), "SignUpPage"),
});
const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: "/verify-email",
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import("./teams/verify-email-page"), "VerifyEmailPage"),
});
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: "/forgot-password",
  component: lazyRouteComponent(() => import("./teams/forgot-password-page"), "ForgotPasswordPage"),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import("./teams/reset-password-page"), "ResetPasswordPage"),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  validateSearch: tokenSearch,
  component: lazyRouteComponent(() => import("./teams/invitation-page"), "InvitationPage"),
});
const outbox = createRoute({
  getParentRoute: () => root,
  path: "/outbox",
  component: lazyRouteComponent(() => import("./mail/outbox-page"), "OutboxPage"),
});

/** Pages outside the shell: they open without a session. */
const alone = [signIn, signUp, verifyEmail, forgotPassword, resetPassword, invitation, outbox];
export const standsAlone = (pathname: string): boolean =>
  alone.some(({ fullPath }) => fullPath === pathname);

const consent = createRoute({
  getParentRoute: () => root,
  path: "/consent",
  validateSearch: consentSearch,
  component: lazyRouteComponent(() => import("./consent/consent-page"), "ConsentPage"),
});

const connectDone = createRoute({
  getParentRoute: () => root,
  path: "/connect/done",
  validateSearch: doneSearch,
  component: lazyRouteComponent(() => import("./connect/done-page"), "DonePage"),
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
const connect = createRoute({
  getParentRoute: () => shell,
  path: "/connections/new",
  validateSearch: connectSearch,
  component: lazyRouteComponent(() => import("./connect/connect-page"), "ConnectPage"),
});
const oauthApps = createRoute({
  getParentRoute: () => shell,
  path: "/connections/apps",
  validateSearch: appsSearch,
  component: lazyRouteComponent(() => import("./connect/apps-page"), "AppsPage"),
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
const jobs = createRoute({
  getParentRoute: () => shell,
  path: "/jobs",
  validateSearch: jobsSearch,
  component: lazyRouteComponent(() => import("./jobs/jobs-page"), "JobsPage"),
});
const job = createRoute({
  getParentRoute: () => shell,
  path: "/jobs/$id",
  component: lazyRouteComponent(() => import("./jobs/job-page"), "JobPage"),
});
const limits = createRoute({
  getParentRoute: () => shell,
  path: "/limits",
  validateSearch: limitsSearch,
  component: lazyRouteComponent(() => import("./limits/limits-page"), "LimitsPage"),
});
const clients = createRoute({
  getParentRoute: () => shell,
  path: "/clients",
  validateSearch: clientsSearch,
  component: lazyRouteComponent(() => import("./mcp/clients-page"), "ClientsPage"),
});
const profile = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/profile-page"), "ProfilePage"),
});
const security = createRoute({
  getParentRoute: () => shell,
  path: "/account/security",
  component: lazyRouteComponent(() => import("./account/security-page"), "SecurityPage"),
});
const team = createRoute({
  getParentRoute: () => shell,
  path: "/team",
  validateSearch: membersSearch,
  component: lazyRouteComponent(() => import("./members/members-page"), "MembersPage"),
});
const roles = createRoute({
  getParentRoute: () => shell,
  path: "/team/roles",
  component: lazyRouteComponent(() => import("./members/roles-page"), "RolesPage"),
});
const teamSettings = createRoute({
  getParentRoute: () => shell,
  path: "/team/settings",
  component: lazyRouteComponent(() => import("./members/settings-page"), "TeamSettingsPage"),
});
const keys = createRoute({
  getParentRoute: () => shell,
  path: "/keys",
  component: lazyRouteComponent(() => import("./keys/keys-page"), "KeysPage"),
});
const secrets = createRoute({
  getParentRoute: () => shell,
  path: "/secrets",
  validateSearch: secretsSearch,
  component: lazyRouteComponent(() => import("./secrets/secrets-page"), "SecretsPage"),
});
const inbox = createRoute({
  getParentRoute: () => shell,
  path: "/inbox",
  validateSearch: noticesSearch,
  component: lazyRouteComponent(() => import("./notices/inbox-page"), "InboxPage"),
});
const audit = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("./audit/audit-page"), "AuditPage"),
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
      consent,
      connectDone,
      signUp,
      verifyEmail,
      forgotPassword,
      resetPassword,
      invitation,
      outbox,
      shell.addChildren([
        home,
        inbox,
        connections,
        connect,
        oauthApps,
        connection,
        playground.addChildren([playgroundTool]),
        activity,
        execution,
        jobs,
        job,
        limits,
        clients,
        team,
        roles,
        teamSettings,
        keys,
        secrets,
        audit,
        profile,
        security,
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
