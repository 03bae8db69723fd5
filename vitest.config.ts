import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // What a test provokes on purpose is logged; it matters only where a test fails.
    silent: "passed-only",
    // What is awaited comes in milliseconds; on a machine that does other work too, in seconds. Less than the gate's
    // alarm and other second chances take: what only comes by those is late.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    projects: [
      {
        plugins: [
          cloudflareTest(async ({ inject }) => ({
            remoteBindings: false,
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations("migrations"),
                FIXTURE_URL: inject("fixtureUrl"),
                LEGACY_FIXTURE_URL: inject("legacyFixtureUrl"),
                FAULTS_URL: inject("faultsUrl"),
                VENDOR_URL: inject("vendorUrl"),
                COLLECTOR_URL: inject("collectorUrl"),
                PLUGBOARD_ALLOW_LOOPBACK: "true",
                PLUGBOARD_DOH_URL: "",
                PLUGBOARD_HOSTS: "",
                PLUGBOARD_MASTER_KEYS: JSON.stringify({
                  test: btoa("0123456789abcdef0123456789abcdef"),
                }),
                PLUGBOARD_AUTH_SECRET: "auth-secret-of-the-tests-0123456789",
                PLUGBOARD_SIGN_UP: "open",
                // Beside those every deployment has.
                PLUGBOARD_PLANS: JSON.stringify({ "one-job-at-once": { jobsAtOnce: 1 } }),
                PLUGBOARD_SETUP_TOKEN: "setup-token-of-the-tests",
              },
            },
          })),
        ],
        test: {
          name: "workers",
          include: ["workers/**/*.test.ts", "shared/**/*.test.ts"],
          exclude: ["workers/testing/**"],
          globalSetup: ["./workers/testing/upstreams.ts"],
          setupFiles: ["./workers/testing/apply-migrations.ts"],
          // Whichever test signs in first has the identity library loaded: long, on a machine that does other work too.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "node",
          include: [
            "workers/testing/**/*.test.ts",
            "web/**/*.test.ts",
            "scripts/**/*.test.ts",
            "suites/**/*.test.ts",
          ],
          exclude: ["suites/browser/**"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          sequence: { groupOrder: 1 },
          include: ["suites/browser/**/*.test.ts"],
          setupFiles: ["./suites/browser/tell-pages.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
