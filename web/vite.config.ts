import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { headersFile } from "./headers.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `_headers`, and the service worker with the list of files that make the shell. */
function deployed(): Plugin {
  return {
    name: "plugboard-deployed",
    apply: "build",
    generateBundle(_, bundle) {
      this.emitFile({ type: "asset", fileName: "_headers", source: headersFile() });
      // The code of every page: without a network each can still say that there is none.
      const shell = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
      const files = [
        "/",
        "/theme.js",
        "/icon.svg",
        ...new Set(shell.map((name) => `/${name}`)),
      ].sort();
      const version = createHash("sha256").update(Object.keys(bundle).sort().join()).digest("hex");
      const source = readFileSync(here("./service-worker.js"), "utf8")
        .replace('"SHELL"', JSON.stringify(files))
        .replace("VERSION", version.slice(0, 12));
      this.emitFile({ type: "asset", fileName: "service-worker.js", source });
    },
  };
}

/** What pages share, without what brings Base UI along: that is loaded when it is opened. */
const isShell = (id: string): boolean =>
  /\/(web\/src\/(ui|shell|words|client|live)[/.]|node_modules\/lucide-react\b)/.test(id) &&
  !/\/(dialog|tabs|open-menu|toaster|palette|drawer|shortcut-list|popup-button|make-team-dialog)\.tsx$/.test(
    id,
  ) &&
  !/\/words\/(activity-more|audit|calls-chart|clients|connect|connection-life|consent|jobs|limits|permissions|records|secrets|tool-policy)\.ts$/.test(
    id,
  );

export default defineConfig({
  root: here("."),
  plugins: [react(), tailwindcss(), deployed()],
  server: {
    port: 5173,
    // `npm start` beside it answers what is not a file of the dashboard.
    proxy: Object.fromEntries(
      ["/api", "/mcp", "/health"].map((path) => [
        path,
        { target: `http://localhost:${process.env["PORT"] ?? 8787}`, ws: true },
      ]),
    ),
  },
  build: {
    outDir: here("../.build/web"),
    emptyOutDir: true,
    target: "es2023",
    modulePreload: { polyfill: false },
    // A data: URI in the CSS would need a wider content security policy than a file.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What nearly every page uses comes in two files instead of dozens.
          groups: [
            {
              name: "vendor",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-query|react-router|react-store|query-core|router-core|history|store)\b)/,
              priority: 2,
            },
            { name: "shell", test: isShell, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
});
