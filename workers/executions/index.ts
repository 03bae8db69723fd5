export { execute } from "./execute";
export { forward, type ForwardedMethod } from "./forward";
export { requireFactorFor, type Caller, type Executed } from "./plan";
export { createCallRoutes, createExecutionRoutes, createLiveRoutes } from "./routes";
