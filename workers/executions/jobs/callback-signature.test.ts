import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { CreateJob } from "../../../shared/contracts/jobs";
import { makeSecret, signedHeaders } from "./callback-signature";

const body = JSON.stringify({ type: "job.ended", text: "Grüße 💥 \u2028" });
const id = "job_01k5x8m0qv2h7c9d4e6f8g0h2j_1793232000000";

describe("a signed callback", () => {
  it("is taken by the library of Standard Webhooks, with a secret of any length it allows", () => {
    for (const length of [24, 32, 33, 64]) {
      const secret = `whsec_${btoa("s".repeat(length))}`;
      const headers = signedHeaders(secret, { id, at: Date.now(), body });
      expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
      const at = new Date();
      expect(signedHeaders(secret, { id, at: at.getTime(), body })["webhook-signature"]).toBe(
        new Webhook(secret).sign(id, at, body),
      );
    }
  });

  it("is what the specification's own example says", () => {
    const headers = signedHeaders("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      at: 1_614_265_330_000,
      body: '{"test": 2432232314}',
    });
    expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("is refused where a byte of body, id or time is another, or the secret is", () => {
    const secret = makeSecret();
    const headers = signedHeaders(secret, { id, at: Date.now(), body });
    const verify = (change: Record<string, string>, text = body, key = secret) =>
      new Webhook(key).verify(text, { ...headers, ...change });
    expect(() => verify({}, body.replace("ended", "Ended"))).toThrow();
    expect(() => verify({ "webhook-id": `${id}0` })).toThrow();
    const second = String(Number(headers["webhook-timestamp"]) + 1);
    expect(() => verify({ "webhook-timestamp": second })).toThrow();
    expect(() => verify({}, body, makeSecret())).toThrow();
  });

  it("is made with a secret that nobody else has, of the form one may give oneself", () => {
    const given = (secret: string) =>
      CreateJob.safeParse({ toolId: "t", callback: { url: "https://acme.com/", secret } }).success;
    const secrets = Array.from({ length: 20 }, makeSecret);
    expect(new Set(secrets).size).toBe(20);
    expect(secrets.every(given)).toBe(true);
    const odd = `whsec_${"A".repeat(33)}`;
    expect(["", "whsec_", "whsec_abc", `${makeSecret()}!`, "secret", odd].some(given)).toBe(false);
    const long = btoa("s".repeat(64));
    expect([long, long.replaceAll("=", "")].map((text) => given(`whsec_${text}`))).toEqual([
      true,
      true,
    ]);
  });
});
