export { judgeAddress } from "./addresses";
export { knockAt } from "./guarded-connect";
export { guardedFetch, type OutboundRequest } from "./guarded-fetch";
export { judgeUrl } from "./judge-url";
export { resolveTexts } from "./resolve";
export type { OutboundPolicy } from "./policy";
