export * from "./catalogue";
export * from "./mcp";
export * from "./rest";
