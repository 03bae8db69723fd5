import { createRoute } from "@hono/zod-openapi";
import { NoticePage, NoticeQuery, ReadNotices } from "../../shared/contracts/notices";
import { answers, createRouter, failures, jsonBody } from "../platform/http";
import { listNotices, readNotices } from "./list";

const tags = ["Notices"];

const list = createRoute({
  operationId: "listNotices",
  method: "get",
  path: "/",
  summary: "List what you should hear of, newest first",
  description: "Your own in this team. The live stream says `notices` when there is something new.",
  tags,
  request: { query: NoticeQuery },
  responses: { 200: answers(NoticePage, "Your notices"), ...failures() },
});
const read = createRoute({
  operationId: "readNotices",
  method: "post",
  path: "/read",
  summary: "Mark notices as read",
  tags,
  request: jsonBody(ReadNotices),
  responses: { 204: { description: "Read" }, ...failures("invalid_input") },
});

export const createNoticeRoutes = () =>
  createRouter()
    .openapi(list, async (c) => c.json(await listNotices(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(read, async (c) => {
      await readNotices(c.get("ctx"), c.req.valid("json"));
      return c.body(null, 204);
    });
