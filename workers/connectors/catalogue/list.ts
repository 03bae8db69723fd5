import { catalogue } from "../../../shared/catalogue/all";
import type { ManifestData } from "../../../shared/catalogue/manifest";
import type { ConnectorQuery, ConnectorSummary } from "../../../shared/contracts/connectors";
import type { Page } from "../../../shared/contracts/pages";
import { requirePermission, type Context } from "../../platform/context";
import { HubError } from "../../platform/errors";
import { byId, toPage } from "../../platform/pages";

/** In the catalogue's own order. The cursor is the last id of the page before. Throws `invalid_input` for what is no id. */
export function listConnectors(ctx: Context, query: ConnectorQuery): Page<ConnectorSummary> {
  requirePermission(ctx, "connections.read");
  const words = (query.query ?? "").toLowerCase().split(/\s+/).filter(Boolean).slice(0, 10);
  const after = catalogue.findIndex(({ id }) => id === query.cursor);
  if (after < 0 && query.cursor !== undefined)
    throw new HubError("invalid_input", "query.cursor: names no connector. Leave it out.", {
      details: { field: "query.cursor" },
    });
  const found = catalogue
    .slice(after + 1)
    .filter(({ category }) => query.category === undefined || category === query.category)
    .filter((one) => words.every((word) => searched(one).includes(word)))
    .slice(0, query.limit + 1);
  return toPage(found, query.limit, { item: summaryOf, cursor: byId });
}

const searched = ({ id, name, description }: ManifestData) =>
  `${name} ${id} ${description}`.toLowerCase();

/** Of the data as it is written: a list parses no manifest. */
export const summaryOf = (data: ManifestData): ConnectorSummary => ({
  id: data.id,
  name: data.name,
  category: data.category,
  description: data.description,
  websiteUrl: data.websiteUrl ?? null,
  docsUrl: data.docsUrl ?? null,
  kinds: [...new Set(data.auth.map(({ kind }) => kind))],
});
