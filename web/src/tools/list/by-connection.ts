import type { Tool } from "../../../../shared/contracts/tools";

export type ConnectionTools = { connectionId: string; connectionSlug: string; tools: Tool[] };

/** The tools by their connections, each in the order it came in. */
export function byConnection(tools: readonly Tool[]): ConnectionTools[] {
  const groups = new Map<string, ConnectionTools>();
  for (const tool of tools) {
    const { connectionId, connectionSlug } = tool;
    const group = groups.get(connectionId) ?? { connectionId, connectionSlug, tools: [] };
    group.tools.push(tool);
    groups.set(connectionId, group);
  }
  return [...groups.values()];
}
