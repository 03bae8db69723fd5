import * as z from "zod";
import { HubError } from "../../platform/errors";
import { once } from "../../platform/settings";
import type { OAuthClient } from "./client";

const Apps = z.record(
  z.string().min(1),
  z.strictObject({
    clientId: z.string().trim().min(1).max(500),
    clientSecret: z.string().trim().min(1).max(4000).optional(),
    host: z.string().trim().min(1).max(500).optional(),
  }),
);

/** `host` where the app is registered at one of the vendor's customers, as the connector's parameter names it. */
type DeploymentApp = OAuthClient & { host?: string };

/** OAuth apps of the whole deployment, by connector. Throws `unavailable` for a setting that does not parse. */
export const deploymentApps = once((env): ReadonlyMap<string, DeploymentApp> => {
  const text: string | undefined = env.PLUGBOARD_OAUTH_APPS;
  if (text === undefined || text.trim() === "") return new Map();
  try {
    return new Map(
      Object.entries(Apps.parse(JSON.parse(text))).map(([connector, app]) => [
        connector,
        {
          clientId: app.clientId,
          clientSecret: app.clientSecret ?? null,
          ...(app.host === undefined ? {} : { host: app.host }),
        },
      ]),
    );
  } catch {
    // What does not parse may hold secrets: nothing of it is told, not even as a cause.
    throw new HubError(
      "unavailable",
      'The secret PLUGBOARD_OAUTH_APPS is not usable. Set it to {"<connector>":{"clientId":"…","clientSecret":"…"}}, as JSON.',
    );
  }
});
