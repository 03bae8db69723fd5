import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it } from "vitest";
import { scheduled } from "./crons";
import { connectServer, createTeam, type TestTeam } from "./testing/team";

const minute = 60_000;
const day = 24 * 60 * minute;

const everyFiveMinutes = (settings: Partial<Env>) =>
  scheduled(createScheduledController({ cron: "*/5 * * * *", scheduledTime: new Date() }), {
    ...env,
    ...settings,
  });

const made: string[] = [];
async function connection(
  team: TestTeam,
  { name, endsInMs, refreshes }: { name: string; endsInMs: number; refreshes: boolean },
): Promise<string> {
  const headers = { authorization: "Bearer key-of-the-test" };
  const { id } = (await connectServer(team, { name, headers })).body;
  made.push(id);
  await env.DB.prepare(
    "UPDATE connections SET expires_at = ?, refreshes = ?, rotated_at = ? WHERE id = ?",
  )
    .bind(Date.now() + endsInMs, refreshes ? 1 : 0, Date.now() - 90 * day, id)
    .run();
  return id;
}
// No later round is to find them.
afterEach(async () => {
  for (const id of made.splice(0))
    await env.DB.prepare("DELETE FROM connections WHERE id = ?").bind(id).run();
});

const kindsOf = async (team: TestTeam): Promise<string[]> =>
  (await team.ask("/api/v1/notices")).body.items.map(({ kind }: { kind: string }) => kind);

it("a job that waits for a vendor holds up no other job of its round", async () => {
  const team = await createTeam();
  await connection(team, { name: "Slow", endsInMs: minute, refreshes: true });
  await connection(team, { name: "Ending", endsInMs: 3 * day, refreshes: false });
  const vendor = Promise.withResolvers<never>();
  const CONNECTION_SESSION = {
    getByName: () => ({ token: () => vendor.promise }),
  } as unknown as Env["CONNECTION_SESSION"];
  const round = everyFiveMinutes({ CONNECTION_SESSION });
  await expect.poll(() => kindsOf(team)).toEqual(["connection.expiring"]);
  vendor.reject(new Error("The vendor is away."));
  await round;
});

it("a round is over only when what it left to the background is", async () => {
  const team = await createTeam();
  await connection(team, { name: "Ending", endsInMs: 3 * day, refreshes: false });
  let heard = false;
  const TEAM_LEDGER = {
    getByName: (name: string) =>
      new Proxy(env.TEAM_LEDGER.getByName(name), {
        get:
          (stub, key) =>
          async (...args: unknown[]) => {
            if (key === "tellPeople") await scheduler.wait(200);
            await (
              stub as unknown as Record<PropertyKey, (...given: unknown[]) => Promise<unknown>>
            )[key]?.(...args);
            heard ||= key === "tellPeople" && name === team.id;
          },
      }),
  } as unknown as Env["TEAM_LEDGER"];
  await everyFiveMinutes({ TEAM_LEDGER });
  expect(heard).toBe(true);
  expect(await kindsOf(team)).toEqual(["connection.expiring"]);
});
