// Further teams and keys of one hub, as the person whom its first link signs in makes them.
import { send, signIn } from "../authorization/browser.ts";
import type { HubProcess } from "../hub-process.ts";

export type TeamAccess = Pick<HubProcess, "url" | "apiKey">;

/** So many keys in each of the teams of these names; the hub's own team is there already. */
export async function makeTeams(
  hub: HubProcess,
  asked: { names: readonly string[]; keys: number },
): Promise<TeamAccess[][]> {
  const browser = await signIn(hub);
  const page = { origin: hub.url, cookie: browser.cookie };
  const teams: TeamAccess[][] = [];
  for (const name of asked.names) {
    const made = await send(`${hub.url}/api/v1/teams`, { ...page, json: { name } });
    const teamId: unknown = made.body.id ?? made.body.team?.id;
    const moved = await send(`${hub.url}/api/v1/account/team`, { ...page, json: { teamId } });
    if (made.status >= 300 || moved.status >= 300)
      throw new Error(`No team was made: ${made.text} ${moved.text}`);
    teams.push(await makeKeys(hub, { ...page, count: asked.keys }));
  }
  return teams;
}

async function makeKeys(
  { url }: HubProcess,
  { count, ...page }: { origin: string; cookie: string; count: number },
): Promise<TeamAccess[]> {
  const keys: TeamAccess[] = [];
  for (let i = 0; i < count; i++) {
    const { status, body, text } = await send(`${url}/api/v1/api-keys`, {
      ...page,
      json: { name: `Load ${i}` },
    });
    if (status >= 300) throw new Error(`No key was made: ${text}`);
    keys.push({ url, apiKey: body.apiKey });
  }
  return keys;
}
