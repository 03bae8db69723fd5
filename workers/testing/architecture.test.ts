import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/** A folder may import lower floors, never its own floor or a higher one. */
const floors = [
  ["platform"],
  ["audit", "ledger", "limits", "mail"],
  ["teams", "credentials", "connectors", "notifications"],
  ["connections"],
  ["tools"],
  ["executions"],
  ["health", "webhooks", "workflows", "mcp", "chat"],
  ["schedules"],
];
const entries = new Set([
  "index.ts",
  "api.ts",
  "queues.ts",
  "crons.ts",
  "env.d.ts",
  "unlisted-env.d.ts",
]);

export function floorOf(folder: string): number {
  const floor = floors.findIndex((folders) => folders.includes(folder));
  if (floor < 0)
    throw new Error(
      `workers/${folder} stands on no floor: give it one in docs/architecture.md and here`,
    );
  return floor;
}

/** What a file may not import: its own floor, a higher one, another folder but by its index (or its tables). */
export function faultsOf(file: string, source: string): string[] {
  const from = relative("workers", file).split("/")[0] ?? "";
  const imports = [...source.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return imports
    .map((path) => relative("workers", join(dirname(file), path)))
    .filter((path) => !path.startsWith(".."))
    .flatMap((path) => {
      const [to = "", ...inside] = path.split("/");
      if (to === from) return [];
      if (to === "testing") return [`${file} imports testing/`];
      if (inside.join("/") === "tables") return [];
      if (floorOf(to) >= floorOf(from)) return [`${file} climbs to ${to}/`];
      if (to !== "platform" && inside.length > 0) return [`${file} enters ${to}/ past its index`];
      return [];
    });
}

const sources = globSync("workers/*/**/*.ts").filter(
  (file) => !file.endsWith(".test.ts") && !file.includes("/testing/") && !file.includes("fake-"),
);

describe("the house", () => {
  it("has only folders that stand on a floor", () => {
    const folders = new Set(globSync("workers/*/").map((path) => relative("workers", path)));
    folders.delete("testing");
    for (const folder of folders) expect(() => floorOf(folder)).not.toThrow();
    expect(() => floorOf("helpers")).toThrow("stands on no floor");
  });

  it("has no files beside the entrances", () => {
    const beside = globSync("workers/*.ts").map((path) => relative("workers", path));
    expect(beside.filter((file) => !entries.has(file) && !file.endsWith(".test.ts"))).toEqual([]);
  });

  it("imports only downwards, and through the door", () => {
    expect(sources.flatMap((file) => faultsOf(file, readFileSync(file, "utf8")))).toEqual([]);
  });

  it("notices an import that climbs, one past the door, and one of the tests", () => {
    const from = "workers/connections/create.ts";
    expect(faultsOf(from, 'import { x } from "../tools";')).toEqual([`${from} climbs to tools/`]);
    expect(faultsOf(from, 'import { x } from "../credentials/keys";')).toEqual([
      `${from} enters credentials/ past its index`,
    ]);
    expect(faultsOf(from, 'import { x } from "../testing/team";')).toEqual([
      `${from} imports testing/`,
    ]);
    expect(
      faultsOf(from, 'import { x } from "../audit"; import { t } from "../tools/tables";'),
    ).toEqual([]);
  });

  it("keeps shared/ free of everything but zod", () => {
    const files = globSync("shared/**/*.ts").filter((file) => !file.endsWith(".test.ts"));
    const outside = files.flatMap((file) =>
      [
        ...readFileSync(file, "utf8").matchAll(
          /from "([^."][^"]*|(?:\.\.\/)+(?:workers|web)[^"]*)"/g,
        ),
      ]
        .map((match) => match[1])
        .filter((name) => name !== "zod")
        .map((name) => `${file} imports ${name}`),
    );
    expect(outside).toEqual([]);
  });

  it("keeps the entry thin and the roles of files plain", () => {
    expect(readFileSync("workers/index.ts", "utf8").split("\n").length).toBeLessThan(40);
    const names = globSync("{workers,shared}/**/*.ts").filter((file) =>
      /[-/](service|manager|helper|util|handler|controller|repository|base|impl)s?\.ts$/.test(file),
    );
    expect(names.filter((file) => !file.includes("/testing/"))).toEqual([]);
  });

  it("lets only guarded-fetch and its resolver reach the network", () => {
    const callers = sources.filter((file) =>
      /(?<![\w.]|async )fetch\(/.test(readFileSync(file, "utf8")),
    );
    expect(callers.filter((file) => !file.startsWith("workers/platform/outbound/"))).toEqual([]);
  });
});
