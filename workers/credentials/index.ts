export type {
  AuthState,
  Obtained,
  Presented,
  SecretRecord,
  SignIn,
  TokenFailure,
} from "./auth/types";
export { createTeamKey, destroyTeamKey } from "./keys";
export { maskFor } from "./masking";
export { clearOrphans } from "./clear-orphans";
export { discardSecret } from "./discard";
export { rotateVaults } from "./rotation/rotate-vaults";
export { createSecretRoutes } from "./secrets/routes";
export { createVaultRoutes } from "./vault-routes";
export { secretNamesIn } from "./secrets/names";
export { resolveSecrets } from "./secrets/resolve";
export { requireMayName, secretGone, secretUseStatements } from "./secrets/uses";
export {
  deleteSecret,
  forgetRecord,
  openRecord,
  openSecret,
  openText,
  putSecret,
  sealRecord,
  sealText,
  type CredentialRef,
} from "./store";
export { failureError } from "./auth/failure";
export { checkFields, typedNames } from "./auth/fields";
export { presentCredential } from "./auth/present";
export { requireSigningKey } from "./auth/sign-jwt";
export { canRenew, obtainToken } from "./auth/obtain";
export { createOAuthAppRoutes } from "./oauth/app-routes";
export { deploymentApps } from "./oauth/deployment-apps";
export { configuredApp } from "./oauth/open-app";
export type { OAuthClient } from "./oauth/client";
export { clientOf } from "./oauth/client-of";
export { redirectUriOf } from "./oauth/redirect-uri";
export {
  createClientDocumentRoutes,
  finishMcpSignIn,
  mcpTokenPlace,
  startMcpSignIn,
  type McpSignInBegun,
} from "./oauth/mcp";
export { coversServer } from "./oauth/mcp/well-known";
export { authorizeUrl } from "./oauth/authorize";
export { readCallback } from "./oauth/callback";
export { pollDevice, startDevice } from "./oauth/device";
export { discoverParams } from "./oauth/discover";
export { exchangeCode } from "./oauth/exchange";
export { revokeToken } from "./oauth/revoke";
export { scopeText } from "./oauth/scopes";
