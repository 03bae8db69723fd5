import { findConnection, type ConnectionRow } from "../connections";
import type { Context } from "../platform/context";
import { HubError } from "../platform/errors";
import { offersOf } from "./offers";
import { literalLength, matchesTemplate } from "./uri-template";
import { connectionsOf, type View } from "./view";

/** Whose it is, and how its server knows it. */
export type Target = { connection: ConnectionRow; key: string };

/** Throws `not_found`. */
export async function findPrompt(ctx: Context, view: View, name: string): Promise<Target> {
  if (view.connection !== null)
    return { connection: await findConnection(ctx, view.connection), key: name };
  const prompt = (await offersOf(ctx, view, "prompt")).get(name);
  if (!prompt)
    throw new HubError("not_found", `There is no prompt ${JSON.stringify(name.slice(0, 200))}.`);
  return { connection: await findConnection(ctx, prompt.connectionId), key: prompt.key };
}

/**
 * A resource that is listed, one that a listed template describes, or any of a connection as `<connection>+<uri>`.
 * Where several fit, the one that says most of the URI wins. Throws `not_found`.
 */
export async function findResource(ctx: Context, view: View, uri: string): Promise<Target> {
  if (view.connection !== null)
    return { connection: await findConnection(ctx, view.connection), key: uri };
  const templates = await offersOf(ctx, view, "template");
  const exact = (await offersOf(ctx, view, "resource")).get(uri) ?? templates.get(uri);
  if (exact) return { connection: await findConnection(ctx, exact.connectionId), key: exact.key };
  let best: { said: number; connectionId: string; key: string } | undefined;
  for (const connection of await connectionsOf(ctx, view)) {
    const prefix = `${connection.slug}+`;
    if (uri.startsWith(prefix) && uri.length > prefix.length)
      best = { said: prefix.length, connectionId: connection.id, key: uri.slice(prefix.length) };
  }
  for (const [template, { connectionId, prefix }] of templates) {
    const said = literalLength(template);
    if (said > (best?.said ?? -1) && matchesTemplate(template, uri))
      best = { said, connectionId, key: uri.slice(prefix.length) };
  }
  if (best) return { connection: await findConnection(ctx, best.connectionId), key: best.key };
  throw new HubError(
    "not_found",
    `There is no resource ${JSON.stringify(uri.slice(0, 200))}. One that is not listed is read as <connection>+<uri>.`,
    { details: { uri } },
  );
}
