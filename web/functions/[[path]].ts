import type { ErrorBody } from "../../shared/contracts/errors";
import { newId } from "../../shared/ids";

const hubPath = /^\/(api|mcp|oauth|\.well-known|health|in)(\/|$)/;

/** What is the hub's goes to the hub as it came, sockets and streams too; everything else is a file of this project. */
export const onRequest: PagesFunction<{ HUB?: Fetcher }> = async ({ request, env, next }) => {
  if (!hubPath.test(new URL(request.url).pathname)) return next();
  if (!env.HUB)
    return refuse(
      "This dashboard is not connected to a hub. Deploy the Worker, then this project again with the service binding HUB of web/wrangler.toml.",
    );
  return env.HUB.fetch(request).catch(() =>
    refuse("The hub did not answer. Try again in a moment."),
  );
};

function refuse(message: string): Response {
  const requestId = newId("req");
  return Response.json({ error: { code: "unavailable", message, requestId } } satisfies ErrorBody, {
    status: 502,
    headers: { "x-request-id": requestId },
  });
}
