export { authenticate, confirm } from "./authenticate";
export { createMeRoutes, createSetupRoutes } from "./routes";
