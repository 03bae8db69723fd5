import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "../scripts/build.ts";

export type Size = { kilobytes: number; gzipKilobytes: number };

/** The Worker as it is deployed. */
export async function sizeOfWorker(): Promise<Size> {
  const { script } = await build();
  const bytes = readFileSync(script);
  return {
    kilobytes: bytes.length / 1024,
    gzipKilobytes: gzipSync(bytes, { level: 9 }).length / 1024,
  };
}
