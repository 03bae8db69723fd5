import { createRoute, z } from "@hono/zod-openapi";
import { CreateLiveTicket, LiveMessage, LiveTicket } from "../../shared/contracts/live";
import { HubError } from "../platform/errors";
import { answers, createRouter, failures, jsonBody } from "../platform/http";
import { liveEvents } from "./live-events";
import { createLiveTicket, onlyOf, watch } from "./watch";

const tags = ["Executions"];
const seq = z.string().regex(/^\d{1,15}$/, "must be a sequence number");

const live = createRoute({
  operationId: "watchExecutions",
  method: "get",
  path: "/",
  summary: "Watch executions and jobs live",
  description:
    'Over a WebSocket (`Upgrade: websocket`) each message is one JSON object, shown here as the answer. With `Accept: text/event-stream` the same messages come as server-sent events: `event` is the type, `data` the message, `id` its sequence number. With `since`, or `Last-Event-ID`, what you missed comes first; a `reset` says that it is not replayed, so load the lists anew. It needs `executions.read`, but for a job or an execution of your own. Over a WebSocket, send `ping` to get `pong`, and say what you have with `{"ack": <sequence number>}`.',
  tags,
  request: {
    query: z.strictObject({
      since: seq.optional().describe("The last sequence number you have seen"),
      job: z
        .string()
        .max(100)
        .optional()
        .describe("Only what happens to this job and its attempts"),
      execution: z.string().max(100).optional().describe("Only what happens to this execution"),
      acks: z
        .stringbool()
        .optional()
        .describe(
          "`true`: you acknowledge from the beginning, so never more comes than you can take",
        ),
      batch: z
        .stringbool()
        .optional()
        .describe("`true`: each frame of the WebSocket is a JSON array of messages"),
      ticket: z
        .string()
        .max(300)
        .optional()
        .describe("In place of any other credential: what `POST /api/v1/live/tickets` answered"),
    }),
    headers: z.object({
      "last-event-id": seq.optional().describe("As `since`, and before it: what a browser sends"),
    }),
  },
  responses: {
    101: answers(LiveMessage, "The stream"),
    200: {
      description: "The stream as server-sent events",
      content: { "text/event-stream": { schema: LiveMessage } },
    },
    ...failures("forbidden", "not_found", "invalid_input", "locked_out", "overloaded"),
  },
});

const ticket = createRoute({
  operationId: "createLiveTicket",
  method: "post",
  path: "/tickets",
  summary: "Get a ticket to watch with",
  description:
    "For a page that can send no header: `GET /api/v1/live?ticket=…` needs no other credential. A ticket is good once, for a minute. It shows what you may see now, and no more than you may see when it is used; of one job or execution where you name it.",
  tags,
  request: jsonBody(CreateLiveTicket),
  responses: {
    201: answers(LiveTicket, "The ticket"),
    ...failures("forbidden", "not_found", "invalid_input", "rate_limited"),
  },
});

export const createLiveRoutes = () =>
  createRouter()
    .openapi(ticket, async (c) =>
      c.json(await createLiveTicket(c.get("ctx"), c.req.valid("json")), 201),
    )
    .openapi(live, async (c) => {
      const ctx = c.get("ctx");
      const { job, execution, since, acks = false, batch = false } = c.req.valid("query");
      const only = onlyOf({ jobId: job, executionId: execution }, c.get("ticketScope"));
      const socket = c.req.header("upgrade")?.toLowerCase() === "websocket";
      const events = c.req.header("accept")?.includes("text/event-stream") ?? false;
      if (!socket && !events)
        throw new HubError(
          "invalid_input",
          "Open a WebSocket here: send the header Upgrade: websocket. Or take server-sent events: send Accept: text/event-stream.",
        );
      const stream = await watch(ctx, {
        only,
        since: c.req.valid("header")["last-event-id"] ?? since,
        form: socket ? (batch ? "list" : "one") : "events",
        acks: socket ? acks : true,
      });
      if (socket || !stream.webSocket) return stream;
      return liveEvents(stream.webSocket, ctx.expiresAt);
    });
