export { createAccessTokenRoutes, createAccountRoutes } from "./identity/account/routes";
export { isPersonPath } from "./identity/person-paths";
export { createAuthRoutes } from "./identity/routes";
export { actAs, actFor } from "./act-as";
export { askingOf, confirm, type Asking } from "./authenticate";
export { enter } from "./enter";
export { enterWithTicket, issueTicket } from "./tickets";
export { clearExpired } from "./clear-expired";
export { createApiKeyRoutes } from "./keys/routes";
export { createSsoRoutes, createSsoSignInRoutes } from "./sso/routes";
export { createMeRoutes } from "./me-routes";
export { createConsentRoutes } from "./oauth/consent-routes";
export { createGrantRoutes } from "./oauth/grant-routes";
export { createMachineClientRoutes } from "./oauth/machine-routes";
export { createOAuthRoutes, createWellKnownRoutes } from "./oauth/routes";
export { challenged, requireScopes } from "./oauth/challenge";
export {
  createInvitationRoutes,
  createInvitationSignInRoutes,
  createMemberRoutes,
  createMyInvitationRoutes,
  createRoleRoutes,
  createTeamRoutes,
  createTeamsRoutes,
} from "./members";
