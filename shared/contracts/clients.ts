import * as z from "zod";
import { pageOf, pageQuery } from "./pages";

/** An AI client that has spoken to the hub at `/mcp`. What it says of itself is its own word. */
export const McpClient = z
  .object({
    id: z.string().meta({ examples: ["cli_01k5x8m0qv2h7c9d4e6f8g0h2j"] }),
    name: z.string().meta({ description: "As the client calls itself", examples: ["claude-code"] }),
    title: z
      .string()
      .nullable()
      .meta({ examples: ["Claude Code"] }),
    version: z
      .string()
      .nullable()
      .meta({ examples: ["2.1.0"] }),
    protocolVersion: z.string().meta({
      description: "The MCP revision it spoke last",
      examples: ["2026-07-28"],
    }),
    userAgent: z
      .string()
      .nullable()
      .meta({ examples: ["claude-code/2.1.0"] }),
    keyId: z
      .string()
      .nullable()
      .meta({
        description: "The API key it signs in with",
        examples: ["key_01k5x8a1qv2h7c9d4e6f8g0h2j"],
      }),
    grantId: z
      .string()
      .nullable()
      .meta({
        description: "What it was let in by, where it signed in by itself: the id of its grant",
        examples: ["gra_01k5x8a1qv2h7c9d4e6f8g0h2j"],
      }),
    personId: z
      .string()
      .nullable()
      .meta({
        description: "Whose key or grant it is; null for a machine client's",
        examples: ["per_01k5x8a1qv2h7c9d4e6f8g0h2j"],
      }),
    firstSeenAt: z.number().meta({ examples: [1793232000000] }),
    lastSeenAt: z.number().meta({
      description: "To the minute or so: not every request is noted",
      examples: [1793239200000],
    }),
  })
  .meta({ id: "McpClient" });
export type McpClient = z.infer<typeof McpClient>;

export const McpClientPage = pageOf(McpClient);
export const McpClientQuery = pageQuery(/^\d{1,15}\.cli_[0-9a-z]{26}$/).extend({
  key: z.string().max(100).optional().describe("Only those that sign in with this API key: its id"),
});
export type McpClientQuery = z.infer<typeof McpClientQuery>;
