import * as z from "zod";

/** An image a server gives itself or a tool: its bytes are in it, so that showing it asks nobody. */
export const Icon = z.object({
  src: z.string().describe("A `data:` URI in base64, at most 32 KiB long"),
  mimeType: z.enum(["image/png", "image/jpeg", "image/webp", "image/gif"]),
  sizes: z.array(z.string()).optional().describe('As in HTML: `"48x48"`, or `"any"`'),
});
export type Icon = z.infer<typeof Icon>;

export const Icons = z.array(Icon).meta({
  description: "At most four, of those that hold their image themselves; all others are left out",
  examples: [[]],
});
