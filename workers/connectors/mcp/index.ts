export { hubInfo } from "./caller";
export { discover, type Discovered, type KnownServer } from "./discover";
export type { Wire, WireRequest } from "./http";
export { iconsOf } from "./icons";
export { listenTo } from "./listen";
export { readListing, type Listing } from "./listing";
export {
  compareArguments,
  decodeHeaderValue,
  mirrorArguments,
  paramHeaders,
  type ParamHeader,
} from "../../../shared/mcp/param-headers";
export { isObject, type JsonObject } from "../../../shared/json";
export * from "../../../shared/mcp/protocol";
export { adoptSession, requestServer, type ServerRequest } from "./request";
