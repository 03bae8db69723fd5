// `npm run suite <name>`: one suite at full size, one line of figures. Exits with 1 when its promise is broken.
import type { Figure } from "../suites/hub-process.ts";

/** These read the dashboard's own words, and so are loaded as it is. */
const browserSuite =
  (name: string, verb = "run") =>
  async () => {
    const { runnerImport } = await import("vite");
    type Suite = Record<string, () => Promise<Figure>>;
    const { module } = await runnerImport<Suite>(`./suites/browser/${name}.ts`);
    return module[verb]?.() ?? { line: `${name} has no ${verb}`, broken: [verb] };
  };

const suites: Record<string, () => Promise<Figure>> = {
  accessibility: browserSuite("accessibility"),
  audit: async () => {
    const { auditSize, runAudit } = await import("../suites/audit.ts");
    return runAudit(auditSize.full);
  },
  authorization: async () => {
    const { authorizationSize, runAuthorization } = await import("../suites/authorization.ts");
    return runAuthorization(authorizationSize.full);
  },
  breaker: async () => {
    const { breakerSize, runBreaker } = await import("../suites/breaker.ts");
    return runBreaker(breakerSize.full);
  },
  "client-conformance": async () => {
    const { runClientConformance } = await import("../suites/client-conformance.ts");
    return runClientConformance();
  },
  conformance: async () => {
    const { runConformance, needsSession } = await import("../suites/conformance.ts");
    const scores = await runConformance(["2026-07-28", "2025-11-25"]);
    return {
      line: `conformance: ${scores.map(({ revision, passed, failed }) => `${passed.length} of ${passed.length + failed.length} for ${revision}`).join(", ")}`,
      broken: scores.flatMap(({ revision, failed }) =>
        failed
          .filter((name) => !needsSession.includes(name))
          .map((name) => `${revision}: ${name} fails`),
      ),
    };
  },
  crash: async () => {
    const { crashSize, runCrash } = await import("../suites/crash.ts");
    return runCrash(crashSize.full);
  },
  faults: async () => {
    const { faultsSize, runFaults } = await import("../suites/faults.ts");
    return runFaults(faultsSize.full);
  },
  ledger: async () => {
    const { ledgerSize, runLedger } = await import("../suites/ledger.ts");
    return runLedger(ledgerSize.full);
  },
  limits: async () => {
    const { limitsSize, runLimits } = await import("../suites/limits.ts");
    return runLimits(limitsSize.full);
  },
  load: async () => {
    const { loadSize, runLoad } = await import("../suites/load.ts");
    return runLoad(loadSize.full);
  },
  live: async () => {
    const { liveSize, runLive } = await import("../suites/live.ts");
    return runLive(liveSize.full);
  },
  refresh: async () => {
    const { refreshSize, runRefresh } = await import("../suites/refresh.ts");
    return runRefresh(refreshSize.full);
  },
  screenshots: browserSuite("screenshots"),
  "screenshots-of-docs": browserSuite("screenshots", "runDocumented"),
  secrets: async () => {
    const { runSecrets, secretsSize } = await import("../suites/secrets.ts");
    return runSecrets(secretsSize.full);
  },
  soak: async () => {
    const { runSoak, soakSize } = await import("../suites/soak.ts");
    return runSoak(soakSize.full);
  },
  startup: async () => {
    const { runStartup, startupSize } = await import("../suites/startup.ts");
    return runStartup(startupSize.full);
  },
  "untrusted-text": browserSuite("untrusted-text"),
  vault: async () => {
    const { runVault, vaultSize } = await import("../suites/vault.ts");
    return runVault(vaultSize.full);
  },
};

const [name = ""] = process.argv.slice(2);
const suite = Object.hasOwn(suites, name) ? suites[name] : undefined;
if (!suite) {
  const known = Object.keys(suites).join(", ");
  console.error(
    `${name === "" ? "Name a suite" : `There is no suite ${JSON.stringify(name)}`}. There are: ${known}.`,
  );
  process.exit(2);
}
const { line, broken } = await suite();
console.log(line);
for (const sentence of broken) console.error(`Broken: ${sentence}`);
process.exit(broken.length === 0 ? 0 : 1);
