import type * as z from "zod";
import type { ConnectFlow, StartConnectFlow } from "../../../shared/contracts/connect-flows";
import type {
  Connection,
  CreateConnectionBody,
  UpdateConnection,
} from "../../../shared/contracts/connections";
import type {
  Connector,
  ConnectorSummary,
  OAuthApp,
  PutOAuthApp,
} from "../../../shared/contracts/connectors";
import type { Page } from "../../../shared/contracts/pages";
import { answer, api, cursorOf, done } from "../client";
import type { Narrowed } from "./category";

/** As it is sent: what has a default may be left out. */
export type StartBody = z.input<typeof StartConnectFlow>;

export const listConnectors = (
  { q, category }: Narrowed,
  { cursor, signal }: { cursor: string; signal: AbortSignal },
): Promise<Page<ConnectorSummary>> =>
  answer(
    api.v1.connectors.$get(
      {
        query: {
          limit: "100",
          ...(q === undefined ? {} : { query: q }),
          ...(category === undefined ? {} : { category }),
          ...cursorOf(cursor),
        },
      },
      { init: { signal } },
    ),
  );
export const readConnector = (id: string, signal: AbortSignal): Promise<Connector> =>
  answer(api.v1.connectors[":connector"].$get({ param: { connector: id } }, { init: { signal } }));

const flows = api.v1["connect-flows"];
export const startFlow = (json: StartBody): Promise<ConnectFlow> => answer(flows.$post({ json }));
export const readFlow = (id: string, signal: AbortSignal): Promise<ConnectFlow> =>
  answer(flows[":id"].$get({ param: { id } }, { init: { signal } }));
export const chooseInFlow = (id: string, value: string): Promise<ConnectFlow> =>
  answer(flows[":id"].choice.$post({ param: { id }, json: { value } }));
export const cancelFlow = (id: string): Promise<void> =>
  done(flows[":id"].$delete({ param: { id } }));

export const createConnection = (json: CreateConnectionBody): Promise<Connection> =>
  answer(api.v1.connections.$post({ json }));
export const updateConnection = (id: string, json: UpdateConnection): Promise<Connection> =>
  answer(api.v1.connections[":id"].$patch({ param: { id }, json }));

const apps = api.v1["oauth-apps"];
export const listApps = (cursor: string, signal: AbortSignal): Promise<Page<OAuthApp>> =>
  answer(apps.$get({ query: cursorOf(cursor) }, { init: { signal } }));
export const putApp = (connector: string, json: PutOAuthApp): Promise<OAuthApp> =>
  answer(apps[":connector"].$put({ param: { connector }, json }));
export const deleteApp = (connector: string): Promise<void> =>
  done(apps[":connector"].$delete({ param: { connector } }));
