/** What stands in no file: secrets, set with `wrangler secret put`, and what only `npm start` binds. */
interface __BaseEnv_Env {
  /** JSON: master keys by id, each 32 bytes in base64. The last one seals, all of them open. */
  PLUGBOARD_MASTER_KEYS: string;
  /** Lets its holder make the first team of an empty hub. */
  PLUGBOARD_SETUP_TOKEN?: string;
  /** 32 characters or more: what sessions are signed and factors encrypted with. */
  PLUGBOARD_AUTH_SECRET?: string;
  /** Sends mail through Resend. Without it a hub on one's own machine keeps mail in its outbox. */
  PLUGBOARD_RESEND_KEY?: string;
  /** Sign-in with GitHub and Google: an OAuth app's id and secret each. */
  PLUGBOARD_GITHUB_ID?: string;
  PLUGBOARD_GITHUB_SECRET?: string;
  PLUGBOARD_GOOGLE_ID?: string;
  PLUGBOARD_GOOGLE_SECRET?: string;
  /** JSON: further OpenID Connect providers, [{ id, name, issuer, clientId, clientSecret }]. */
  PLUGBOARD_OIDC?: string;
  /** JSON: OAuth apps for every team of the deployment, { "<connector>": { clientId, clientSecret } }. */
  PLUGBOARD_OAUTH_APPS?: string;
  /** Headers for the collector of traces, `name=value,name=value`: what it asks for to let the hub in. */
  PLUGBOARD_OTLP_HEADERS?: string;
  /** Gets a data point for every execution that has ended, where the deployment has one. */
  CALLS?: AnalyticsEngineDataset;
  /** The way out to the network, where the runtime's own fetch costs more: `npm start` binds it, Cloudflare needs none. */
  NET?: Fetcher;
}
