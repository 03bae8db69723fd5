import { createRoute, z } from "@hono/zod-openapi";
import { ArchiveFilePage } from "../../../shared/contracts/archives";
import { pageQuery } from "../../../shared/contracts/pages";
import { archiveName } from "../../ledger";
import { answers, createRouter, failures } from "../../platform/http";
import { listArchives, readArchive } from "./read";

const tags = ["Executions"];

const list = createRoute({
  operationId: "listExecutionArchives",
  method: "get",
  path: "/archives",
  summary: "List the files of executions that are older than the plan keeps them",
  tags,
  request: { query: pageQuery(archiveName) },
  responses: {
    200: answers(ArchiveFilePage, "The files, newest first"),
    ...failures("forbidden", "invalid_input"),
  },
});
const read = createRoute({
  operationId: "readExecutionArchive",
  method: "get",
  path: "/archives/{name}",
  summary: "Download a file of old executions",
  description:
    "JSON lines, compressed with gzip: on each an execution as `GET /executions/{id}` showed it, and its `events`.",
  tags,
  request: { params: z.object({ name: z.string().describe("A file's name, as it is listed") }) },
  responses: {
    200: {
      description: "The file",
      content: { "application/gzip": { schema: { type: "string", format: "binary" } } },
    },
    ...failures("forbidden", "not_found"),
  },
});

/** Before the routes of single executions: `archives` is no id. */
export const createArchiveRoutes = () =>
  createRouter()
    .openapi(list, async (c) => c.json(await listArchives(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(read, async (c) => {
      const { name } = c.req.valid("param");
      const file = await readArchive(c.get("ctx"), name);
      return c.body(file, 200, {
        "content-type": "application/gzip",
        "content-disposition": `attachment; filename="${name}"`,
      }) as never;
    });
