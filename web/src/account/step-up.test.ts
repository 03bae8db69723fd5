import { afterEach, expect, it, vi } from "vitest";
import { fetchPressed, fetchWithFactor, onFactorAsked } from "./step-up";

const refusal = () =>
  Response.json(
    { error: { code: "second_factor_required", message: "Show it." } },
    { status: 403 },
  );
const answers = (...responses: Response[]) =>
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => responses.shift() ?? refusal());
const post = { method: "POST", body: "{}" };

afterEach(() => vi.restoreAllMocks());

it("sends the action again once the factor was shown", async () => {
  const sent = answers(refusal(), new Response("done"));
  const reasons: string[] = [];
  const stop = onFactorAsked(({ reason, answer }) => {
    reasons.push(reason);
    answer(true);
  });
  expect(await (await fetchWithFactor("/api/x", post)).text()).toBe("done");
  expect(reasons).toEqual(["Show it."]);
  expect(sent.mock.calls).toEqual([
    ["/api/x", post],
    ["/api/x", post],
  ]);
  stop();
});

it("leaves the refusal as it is where the factor is not shown, or nobody can be asked", async () => {
  const sent = answers();
  expect((await fetchWithFactor("/api/x", post)).status).toBe(403);
  const stop = onFactorAsked(({ answer }) => answer(false));
  const refused = await fetchWithFactor("/api/x", post);
  expect(await refused.json()).toMatchObject({ error: { code: "second_factor_required" } });
  expect(sent).toHaveBeenCalledTimes(2);
  stop();
});

it("asks once for actions that are refused together, and never for what is only read", async () => {
  answers(refusal(), refusal(), refusal(), new Response("one"), new Response("two"));
  const open: ((shown: boolean) => void)[] = [];
  const stop = onFactorAsked(({ answer }) => open.push(answer));
  expect((await fetchWithFactor("/api/x")).status).toBe(403);
  const both = Promise.all([fetchWithFactor("/api/x", post), fetchWithFactor("/api/y", post)]);
  await expect.poll(() => open).toHaveLength(1);
  await new Promise((done) => setTimeout(done, 5));
  open[0]?.(true);
  expect(await Promise.all((await both).map((response) => response.text()))).toEqual([
    "one",
    "two",
  ]);
  expect(open).toHaveLength(1);
  stop();
});

it("asks for what is read at the press of a button, and reads it then", async () => {
  const sent = answers(refusal(), new Response("a,b"));
  const stop = onFactorAsked(({ answer }) => answer(true));
  expect(await (await fetchPressed("/api/x.csv")).text()).toBe("a,b");
  expect(sent).toHaveBeenCalledTimes(2);
  stop();
});
