/**
 * What to ask for: what the server's challenge names, else all that it publishes, and what is wanted besides. Nothing at
 * all where nobody says anything: the authorization server then gives what it gives. `offline_access` is asked for
 * where the authorization server says that it knows it, or where somebody asked for it by name.
 */
export function scopesToAsk({
  challenged,
  published,
  wanted,
  known,
}: {
  challenged: readonly string[];
  /** By the server, as those it needs. */
  published: readonly string[];
  /** By whoever connects, or by the connection that is reconnected. */
  wanted: readonly string[];
  /** By the authorization server. */
  known: readonly string[];
}): string[] {
  const needed = challenged.length > 0 ? challenged : wanted.length > 0 ? [] : published;
  const asked = new Set([...needed.filter((scope) => scope !== offline), ...wanted]);
  if (asked.size > 0 && known.includes(offline)) asked.add(offline);
  return [...asked];
}

const offline = "offline_access";
