import type { ArchiveFile } from "../../../shared/contracts/archives";
import type { Page, PageQuery } from "../../../shared/contracts/pages";
import { archiveKey, archiveName, bucketOf } from "../../ledger";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { withoutHidden } from "./without-hidden";

export async function listArchives(ctx: Context, query: PageQuery): Promise<Page<ArchiveFile>> {
  requirePermission(ctx, "audit.read");
  return ctx.env.TEAM_LEDGER.getByName(ctx.teamId).listArchives({
    limit: query.limit,
    cursor: query.cursor,
    hidden: [...ctx.hidden],
  });
}

/** The file as it is streamed: compressed JSON lines, without the executions of connections hidden from the caller. */
export async function readArchive(ctx: Context, name: string): Promise<ReadableStream> {
  requirePermission(ctx, "audit.read");
  const file = archiveName.test(name)
    ? await bucketOf(ctx.env)?.get(archiveKey(ctx.teamId, name))
    : undefined;
  if (!file)
    throw new HubError(
      "not_found",
      `There is no archive ${JSON.stringify(name.slice(0, 100))}. List them at /api/v1/executions/archives.`,
    );
  return ctx.hidden.size === 0 ? file.body : withoutHidden(file.body, ctx.hidden);
}
