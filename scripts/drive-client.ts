// `npm run -s drive-client -- <url>`: connects a running hub to the MCP server at this URL, signs in there where it asks
// for that, and calls its tools through the hub. For suites that test MCP clients: the hub is the client then.
import { connect, contextOf } from "./drive-client/connect.ts";
import { hubNamed } from "./drive-client/hub.ts";
import { callTools } from "./drive-client/tools.ts";

const usage = `npm run -s drive-client -- <url>

HUB_URL                  the hub, http://localhost:8787 unless set
HUB_KEY                  an API key that may connect servers and call tools
MCP_CONFORMANCE_CONTEXT  JSON: client_id with client_secret or private_key_pem, and toolCalls`;

/** Exit codes: 0 where all was answered, 1 where something was refused, 2 for a wrong call. */
async function main([url, ...rest]: string[]): Promise<0 | 1 | 2> {
  if (url === undefined || rest.length > 0 || !URL.canParse(url)) {
    console.error(usage);
    return 2;
  }
  const hub = hubNamed();
  const context = contextOf(process.env["MCP_CONFORMANCE_CONTEXT"]);
  const connection = await connect(hub, { url, context });
  console.log(`Connected ${url} as ${connection.slug}.`);
  const answered = await callTools(hub, { connection, context });
  return answered ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
