import * as z from "zod";
import { pageOf } from "./pages";

/** Executions that were moved out of the ledger, a file of compressed JSON lines. */
export const ArchiveFile = z
  .object({
    name: z.string().meta({
      description: "What it is read by",
      examples: ["exe_01k1aaw000qv2h7c9d4e6f8g0h-exe_01k1dve000qv2h7c9d4e6f8g0h.jsonl.gz"],
    }),
    size: z.number().meta({ description: "In bytes", examples: [184_320] }),
    executions: z.number().meta({ description: "How many are in it", examples: [2000] }),
    from: z
      .number()
      .meta({ description: "When the first of them began", examples: [1785456000000] }),
    to: z.number().meta({ description: "When the last of them began", examples: [1785542400000] }),
  })
  .meta({ id: "ArchiveFile" });
export type ArchiveFile = z.infer<typeof ArchiveFile>;
export const ArchiveFilePage = pageOf(ArchiveFile);
