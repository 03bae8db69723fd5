export { defaultTimeoutMs, findTool, type RunnableTool, type ToolRef } from "./find";
export { exposedName } from "./exposed-name";
export { createToolRoutes } from "./routes";
export { forgetStatements, snapshotStatements } from "./snapshot";
export { requireValid } from "./validate";
