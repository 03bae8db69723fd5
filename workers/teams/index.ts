export { createAuthRoutes } from "./identity/routes";
export { askingOf, authenticate, confirm } from "./authenticate";
export { createApiKeyRoutes } from "./keys/routes";
export { createMeRoutes } from "./me-routes";
