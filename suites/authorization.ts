// The authorization server of a running hub: what must not work, the official conformance suite, and real clients.
import { negatives, type Stage } from "./authorization/negatives.ts";
import { runConformance, runInspector, runMcpRemote } from "./authorization/clients.ts";
import { signIn } from "./authorization/browser.ts";
import { connect, startHubProcess, startProcess, type Figure } from "./hub-process.ts";

export const authorizationSize = {
  /** Needs nothing but the project's own packages. */
  small: { clients: false },
  full: { clients: true },
};

export type AuthorizationResult = Figure & {
  /** Each claim by name, and what was wrong; null where it held. */
  claims: Record<string, string | null>;
};

export async function runAuthorization(size: { clients: boolean }): Promise<AuthorizationResult> {
  const fixture = await startProcess(
    "workers/testing/fixture/process.ts",
    ["--port", "0"],
    /http:\S+\/mcp/,
  );
  const first = await startHubProcess();
  let hub = first;
  try {
    const connection = await connect(hub, "Fixture", fixture.line);
    if (connection.status !== 201) throw new Error(JSON.stringify(connection.body));
    const other = await signIn(hub);
    // Each start prints one link to sign in with: the second is another session.
    await hub.stop();
    hub = await hub.restart();
    const browser = await signIn(hub);
    const stage: Stage = { hub, browser, other, slug: connection.body.slug };
    const tool = `${connection.body.slug}__echo`;
    const claims = {
      ...Object.fromEntries(
        Object.entries(negatives).map(([name, claim]) => [name, () => claim(stage)]),
      ),
      "conformance authorization": async () => {
        const { passed, failed } = await runConformance(hub, browser);
        if (failed.length > 0 || passed.length === 0)
          throw new Error(`it fails ${failed.join(", ")}`);
      },
      ...(size.clients
        ? {
            "Inspector CLI signs in and calls a tool": () => runInspector(hub, browser, tool),
            "mcp-remote signs in and calls a tool": () => runMcpRemote(hub, browser, tool),
          }
        : {}),
    };
    const results: Record<string, string | null> = {};
    for (const [name, claim] of Object.entries(claims))
      results[name] = await claim().then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    const broken = Object.entries(results).flatMap(([name, fault]) =>
      fault === null ? [] : [`${name}: ${fault}`],
    );
    const held = Object.keys(results).length - broken.length;
    return {
      claims: results,
      line: `authorization: ${held} of ${Object.keys(results).length} claims hold`,
      broken,
    };
  } finally {
    await hub.stop();
    await fixture.stop();
    first.clear();
  }
}

if (import.meta.main) {
  const { claims, line } = await runAuthorization(authorizationSize.full);
  for (const [name, fault] of Object.entries(claims))
    console.log(`${fault === null ? "✓" : "✗"} ${name}${fault === null ? "" : `: ${fault}`}`);
  console.log(line);
  process.exit(0);
}
