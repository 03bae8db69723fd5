export { createAuthRoutes } from "./auth-routes";
export { askingOf, authenticate, confirm } from "./authenticate";
export { createApiKeyRoutes, createMeRoutes } from "./routes";
