import { env } from "cloudflare:workers";
import { drizzle } from "drizzle-orm/d1";
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../shared/ids";
import { actFor } from "../../teams";
import {
  countingTool,
  deafQueue,
  endedJob,
  makeJob,
  nextNumber,
  sleepingJob,
  timesSeen,
  wakeJob,
  type TestTool,
} from "../../testing/jobs";
import { askHub, createTeam, signIn, type TestTeam } from "../../testing/team";
import { apiKeys } from "../../teams/tables";
import { createJob } from "./create";

let team: TestTeam;
let count: TestTool;
beforeAll(async () => {
  team = await createTeam();
  count = await countingTool(team, "healthy");
});

/** A job of Ada's that waits while something about her changes, and what it comes to then. */
async function afterChange(change: (ada: TestTeam) => Promise<unknown>) {
  const ada = await team.join("member");
  const n = nextNumber();
  const id = await sleepingJob(ada, count, { arguments: { n } });
  await change(ada);
  await wakeJob(team, id);
  const job = await endedJob(team, id);
  return { job, ran: await timesSeen("healthy", n) };
}

it("a job whose key is revoked before it runs fails, and its server sees nothing", async () => {
  const { job, ran } = await afterChange(({ keyId }) =>
    team.ask(`/api/v1/api-keys/${keyId}`, { method: "DELETE" }),
  );
  expect(job).toMatchObject({ status: "failed", error: { code: "unauthorized" }, attempts: 1 });
  expect(ran).toBe(0);
});

it("so does one whose key has ended by itself", async () => {
  const { job, ran } = await afterChange(({ keyId }) =>
    drizzle(env.DB)
      .update(apiKeys)
      .set({ expiresAt: Date.now() - 1 })
      .where(eq(apiKeys.id, keyId)),
  );
  expect(job).toMatchObject({ status: "failed", error: { code: "unauthorized" } });
  expect(ran).toBe(0);
});

it("a job of somebody who was removed fails", async () => {
  const { job, ran } = await afterChange(({ personId }) =>
    team.ask(`/api/v1/members/${personId}`, { method: "DELETE" }),
  );
  expect(job).toMatchObject({ status: "failed" });
  expect(ran).toBe(0);
});

it("a job of somebody who may not call any more fails", async () => {
  const { job, ran } = await afterChange(({ personId }) =>
    team.ask(`/api/v1/members/${personId}`, { method: "PATCH", body: { role: "viewer" } }),
  );
  expect(job).toMatchObject({ status: "failed", error: { code: "forbidden" } });
  expect(ran).toBe(0);
});

it("a job of somebody from whom the connection is hidden by now fails", async () => {
  const own = await countingTool(team, "healthy");
  const ada = await team.join("member");
  const n = nextNumber();
  const id = await sleepingJob(ada, own, { arguments: { n } });
  await team.ask(`/api/v1/connections/${own.connectionId}/access`, {
    method: "PUT",
    body: { restricted: true, roles: [], people: [team.personId], needsSecondFactor: false },
  });
  expect((await ada.ask(`/api/v1/jobs/${id}`)).status).toBe(404);
  await wakeJob(team, id);
  expect(await endedJob(team, id)).toMatchObject({
    status: "failed",
    error: { code: "not_found" },
  });
  expect(await timesSeen("healthy", n)).toBe(0);
});

it("a job outlives the session it was asked for with", async () => {
  const ada = await team.join("member");
  const session = await signIn(ada);
  const n = nextNumber();
  const made = await askHub("/api/v1/jobs", {
    body: { toolId: count.id, arguments: { n } },
    headers: session,
    env: { JOBS: { sendBatch: async () => undefined } } as unknown as Partial<Env>,
  });
  expect(made.status).toBe(202);
  await askHub("/api/auth/sign-out", { method: "POST", headers: session });
  const { id } = made.body;
  await wakeJob(team, id);
  expect(await endedJob(team, id)).toMatchObject({ status: "succeeded", actor: { kind: "user" } });
});

it("a job under way ends once its key is revoked", async () => {
  const hang = await countingTool(team, "hang");
  const ada = await team.join("member");
  const n = nextNumber();
  const { body } = await makeJob(ada, hang, { arguments: { n } });
  await expect.poll(() => timesSeen("hang", n)).toBe(1);
  await team.ask(`/api/v1/api-keys/${ada.keyId}`, { method: "DELETE" });
  expect(await endedJob(team, body.id)).toMatchObject({
    status: "failed",
    error: { code: "unauthorized" },
  });
});

describe("a job of a machine client", () => {
  /** A client that may use one connection, and what it asked for while nothing woke it. */
  async function asked() {
    const { body: client } = await team.ask("/api/v1/machine-clients", {
      body: {
        name: "Nightly",
        scopes: ["tools.read", "tools.call"],
        connections: [count.connectionId],
      },
    });
    const ctx = await actFor(
      { ...env, ...deafQueue },
      {
        teamId: team.id,
        actor: { kind: "mcpClient", id: client.id, personId: null },
        secondFactorAt: null,
        scopes: ["tools.call"],
        requestId: newId("req"),
        waitUntil: () => undefined,
      },
    );
    const n = nextNumber();
    const make = ({ id: toolId }: TestTool) =>
      createJob(
        ctx,
        { toolId, arguments: { n }, notify: false, resultSeconds: 60 },
        { idempotencyKey: null },
      );
    return { client, n, make };
  }

  it("runs in its absence with its rights, and no others", async () => {
    const { client, n, make } = await asked();
    const { job } = await make(count);
    await wakeJob(team, job.id);
    expect(await endedJob(team, job.id)).toMatchObject({
      status: "succeeded",
      actor: { kind: "mcpClient", id: client.id, personId: null },
    });
    expect(await timesSeen("healthy", n)).toBe(1);
    await expect(make(await countingTool(team, "healthy"))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("fails where the client was removed meanwhile, and its server sees nothing", async () => {
    const { client, n, make } = await asked();
    const { job } = await make(count);
    await team.ask(`/api/v1/machine-clients/${client.id}`, { method: "DELETE" });
    await wakeJob(team, job.id);
    expect(await endedJob(team, job.id)).toMatchObject({
      status: "failed",
      error: { code: "unauthorized" },
      attempts: 1,
    });
    expect(await timesSeen("healthy", n)).toBe(0);
  });
});
