export { execute } from "./execute";
export { forward, type ForwardedMethod } from "./forward";
export type { Caller, Executed } from "./plan";
export { createCallRoutes, createExecutionRoutes, createLiveRoutes } from "./routes";
