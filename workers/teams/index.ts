export { authenticate, confirm, type Asking } from "./authenticate";
export { createMeRoutes, createSetupRoutes } from "./routes";
