export { askConnection, listenToConnection } from "./ask";
export { noteFault, noteRecovery } from "./health-notes";
export { findConnection, knownServer, rememberedConnection } from "./rows";
export { createConnectionRoutes } from "./routes";
export { resyncConnection } from "./sync";
export type { ConnectionRow } from "./tables";
