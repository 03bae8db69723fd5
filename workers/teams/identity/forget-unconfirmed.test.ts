import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { clearExpired } from "..";
import { createTeam } from "../../testing/team";
import { createVisitor, newAddress, password, signUp } from "../../testing/visitor";

const hour = 60 * 60_000;

async function unconfirmed(): Promise<{ email: string; id: string }> {
  const email = newAddress();
  const { body } = await createVisitor().ask("/api/auth/sign-up/email", {
    body: { name: "Eve", email, password },
  });
  return { email, id: body.user.id };
}
const leftOf = async (personId: string): Promise<unknown> =>
  env.DB.prepare(
    "SELECT (SELECT count(*) FROM people WHERE id = ?1) people, (SELECT count(*) FROM accounts WHERE person_id = ?1) accounts, (SELECT count(*) FROM two_factors WHERE person_id = ?1) factors, (SELECT count(*) FROM passkeys WHERE person_id = ?1) passkeys",
  )
    .bind(personId)
    .first();
const none = { people: 0, accounts: 0, factors: 0, passkeys: 0 };

it("an account whose address nobody confirmed is gone after a day, and the address is free", async () => {
  const { id, email } = await unconfirmed();
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO two_factors (id, person_id, secret, backup_codes) VALUES (?1, ?1, '', '')",
    ).bind(id),
    env.DB.prepare(
      "INSERT INTO passkeys (id, person_id, public_key, credential_id, counter, device_type, backed_up) VALUES (?1, ?1, '', ?1, 0, '', 0)",
    ).bind(id),
  ]);
  await clearExpired(env, Date.now() + 23 * hour);
  expect(await leftOf(id)).toEqual({ people: 1, accounts: 1, factors: 1, passkeys: 1 });
  await clearExpired(env, Date.now() + 25 * hour);
  expect(await leftOf(id)).toEqual(none);
  const ada = await signUp(email);
  expect((await ada.ask("/api/v1/account")).body.person).toMatchObject({ email, name: "Ada" });
});

it("stays where it is confirmed, has no address yet, belongs to a team or is signed in", async () => {
  const ada = await signUp();
  const team = await createTeam();
  const nameless = await unconfirmed();
  const member = await unconfirmed();
  const signedIn = await unconfirmed();
  const late = Date.now() + 25 * hour;
  await env.DB.batch([
    env.DB.prepare("UPDATE people SET email = id || '@no-email.invalid' WHERE id = ?").bind(
      nameless.id,
    ),
    env.DB.prepare("INSERT INTO members VALUES (?, ?, 'viewer', 0)").bind(team.id, member.id),
    env.DB.prepare(
      "INSERT INTO sessions (id, person_id, token, created_at, updated_at, expires_at) VALUES (?1, ?1, ?1, 0, 0, ?2)",
    ).bind(signedIn.id, late + hour),
  ]);
  await clearExpired(env, late);
  for (const id of [ada.personId, nameless.id, member.id, signedIn.id])
    expect(await leftOf(id), id).toMatchObject({ people: 1, accounts: 1 });
});

it("goes with all the others, however many there are", async () => {
  const many = Array.from({ length: 450 }, (_, n) => n);
  await env.DB.prepare(
    "INSERT INTO people (id, name, email, email_verified, two_factor_enabled, created_at, updated_at) SELECT 'per_many_' || value, '', 'many-' || value || '@example.com', 0, 0, 0, 0 FROM json_each(?)",
  )
    .bind(JSON.stringify(many))
    .run();
  expect(await clearExpired(env, Date.now())).toBeGreaterThanOrEqual(450);
  const { n } = (await env.DB.prepare(
    "SELECT count(*) n FROM people WHERE id LIKE 'per_many_%'",
  ).first()) as { n: number };
  expect(n).toBe(0);
});
