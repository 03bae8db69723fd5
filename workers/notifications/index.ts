export { clearOldNotices } from "./clear-old";
export { mailNotices } from "./mail";
export {
  notify,
  noticeStatements,
  settle,
  settleStatement,
  tellPeople,
  type Matter,
} from "./notify";
export { createNoticeRoutes } from "./routes";
