import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readOutbox, sendMail } from ".";

const mail = { to: "ada@example.com", subject: "Hello", text: "One line.\n" };
const production = {
  ...env,
  PLUGBOARD_ALLOW_LOOPBACK: "false",
  PLUGBOARD_RESEND_KEY: "re_canary",
  PLUGBOARD_MAIL_FROM: "Hub <hub@example.com>",
} as Env;
afterEach(() => vi.restoreAllMocks());

function resendAnswers(status: number) {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    asked.push({ url: new Request(input).url, init: init as RequestInit });
    return Response.json(
      { id: "1" },
      { status, headers: { location: "https://elsewhere.example" } },
    );
  });
  return asked;
}

describe("mail", () => {
  it("leaves through Resend where the deployment has a key", async () => {
    const asked = resendAnswers(200);
    await sendMail(production, { ...mail, key: "mail-1" });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe("https://api.resend.com/emails");
    expect(asked[0]?.init.headers).toEqual({
      authorization: "Bearer re_canary",
      "content-type": "application/json",
      "idempotency-key": "mail-1",
    });
    expect(JSON.parse(asked[0]?.init.body as string)).toEqual({
      from: "Hub <hub@example.com>",
      to: ["ada@example.com"],
      subject: "Hello",
      text: "One line.\n",
    });
    expect(JSON.stringify(await readOutbox(env))).not.toContain("One line.");
  });

  it.each([401, 422, 500, 302])(
    "says that it did not go out where Resend answers %i",
    async (status) => {
      const asked = resendAnswers(status);
      await expect(sendMail(production, mail)).rejects.toThrow();
      expect(asked).toHaveLength(1);
    },
  );

  it("goes nowhere without a key, and says what is missing", async () => {
    const asked = resendAnswers(200);
    const unset = { ...production, PLUGBOARD_RESEND_KEY: "" } as Env;
    await expect(sendMail(unset, mail)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("PLUGBOARD_RESEND_KEY"),
    });
    expect(asked).toEqual([]);
  });

  it("stays in the outbox of a hub on one's own machine: the last 200, the newest 50 shown", async () => {
    await env.DB.prepare("DELETE FROM outbox_mails").run();
    for (let n = 0; n < 205; n++) await sendMail(env, { ...mail, subject: `Mail ${n}` });
    const { items } = await readOutbox(env);
    expect(items).toHaveLength(50);
    expect(items[0]).toMatchObject({ to: mail.to, subject: "Mail 204", text: mail.text });
    expect(await env.DB.prepare("SELECT count(*) n FROM outbox_mails").first("n")).toBe(200);
  });
});
