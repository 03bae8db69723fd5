// Opens one sealed token as often as it is asked to, as a call does whose isolate has opened it before.
import { createTeamKey } from "../credentials/keys";
import { openSecret, putRecord, sealRecord } from "../credentials/store";

const teamId = "team_bench";
const ref = { id: "crd_bench", version: 1 };

const worker = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const ctx = { env, teamId };
    if (pathname === "/prepare") {
      await createTeamKey(env, teamId);
      const token = { accessToken: "a".repeat(1200), refreshToken: "r".repeat(400) };
      await putRecord(ctx, ref, { record: await sealRecord(ctx, ref, token), at: 0 });
    }
    const count = Number(searchParams.get("count") ?? 1);
    for (let opened = 0; opened < count; opened++) await openSecret(ctx, ref);
    return new Response("opened");
  },
};
// oxlint-disable-next-line import/no-default-export -- the runtime asks for it
export default worker;
