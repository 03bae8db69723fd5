// A declaration file of globals may have no import statements.
// oxlint-disable typescript/consistent-type-imports
/** What only tests bind. */
interface __BaseEnv_Env {
  TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  /** The fixture MCP server, both eras: `http://127.0.0.1:<port>/mcp`. */
  FIXTURE_URL: string;
  /** The same as a server that knows only the 2025 revisions. */
  LEGACY_FIXTURE_URL: string;
  /** The fault upstream: `<url>/f/<fault>/mcp`. */
  FAULTS_URL: string;
  /** Vendors that play quirks: `<url>/<id>/…`, configured at `<url>/control/<id>`. */
  VENDOR_URL: string;
  /** A collector of traces: `<url>/<name>/v1/traces` takes them, `<url>/<name>` tells what came. */
  COLLECTOR_URL: string;
}
/** A file as it is written. */
declare module "*?raw" {
  const text: string;
  export default text;
}
