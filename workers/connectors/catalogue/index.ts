export { findConnector, findMethod } from "./find";
export { checkParams } from "./params";
export { createConnectorRoutes } from "./routes";
