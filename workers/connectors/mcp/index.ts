export { hubInfo } from "./caller";
export { discover, type Discovered, type KnownServer } from "./discover";
export type { Wire } from "./http";
export { iconsOf } from "./icons";
export { listenTo } from "./listen";
export { readListing, type Listing } from "./listing";
export {
  compareArguments,
  decodeHeaderValue,
  mirrorArguments,
  paramHeaders,
  type ParamHeader,
} from "./param-headers";
export * from "./protocol";
export { adoptSession, requestServer, type ServerRequest } from "./request";
