/** Secrets are set with `wrangler secret put` and stand in no file; the rest of `Env` is generated. */
interface __BaseEnv_Env {
  /** JSON: master keys by id, each 32 bytes in base64. The last one seals, all of them open. */
  PLUGBOARD_MASTER_KEYS: string;
  /** Lets its holder make the first team of an empty hub. */
  PLUGBOARD_SETUP_TOKEN?: string;
}
