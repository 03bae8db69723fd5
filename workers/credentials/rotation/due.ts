/** Rotations that are under way, and when somebody has to look at each again. */
const prefix = "vault/rotating/";
type Note = { at: number };

export async function noteDue(env: Env, teamId: string, at: number): Promise<void> {
  const metadata: Note = { at };
  await env.TOKENS.put(`${prefix}${teamId}`, "", { metadata });
}

export async function forgetDue(env: Env, teamId: string): Promise<void> {
  await env.TOKENS.delete(`${prefix}${teamId}`);
}

/** The teams to look at now, those that waited longest first. */
export async function teamsDue(env: Env, now: number): Promise<string[]> {
  const { keys } = await env.TOKENS.list<Note>({ prefix });
  return keys
    .map(({ name, metadata }) => ({ teamId: name.slice(prefix.length), at: metadata?.at ?? 0 }))
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at)
    .map(({ teamId }) => teamId);
}
