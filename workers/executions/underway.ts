/** How many calls of each team this isolate has under way: a hint for the gate, of no other consequence. */
const underway = new Map<string, number>();

export function underwayOf(teamId: string): number {
  return underway.get(teamId) ?? 0;
}

export async function countUnderway<Value>(
  teamId: string,
  work: () => Promise<Value>,
): Promise<Value> {
  underway.set(teamId, underwayOf(teamId) + 1);
  try {
    return await work();
  } finally {
    const left = underwayOf(teamId) - 1;
    if (left > 0) underway.set(teamId, left);
    else underway.delete(teamId);
  }
}
