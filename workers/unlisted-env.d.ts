/** What stands in no file: secrets, set with `wrangler secret put`, and what only `npm start` binds. */
interface __BaseEnv_Env {
  /** JSON: master keys by id, each 32 bytes in base64. The last one seals, all of them open. */
  PLUGBOARD_MASTER_KEYS: string;
  /** Lets its holder make the first team of an empty hub. */
  PLUGBOARD_SETUP_TOKEN?: string;
  /** The way out to the network, where the runtime's own fetch costs more: `npm start` binds it, Cloudflare needs none. */
  NET?: Fetcher;
}
