import { env } from "cloudflare:workers";
import { askHub, type TestAnswer, type TestRequest } from "./team";

/** Somebody with a browser: it keeps the hub's cookies and sends them back, with the origin of the hub's own pages. */
export type Visitor = {
  ask: (path: string, init?: TestRequest) => Promise<TestAnswer>;
  cookies: Map<string, string>;
};

export const origin = "http://127.0.0.1";

/** An address that nobody else comes from, so that what one test tries too often is not counted against another. */
const ownAddress = (): string =>
  [10, ...crypto.getRandomValues(new Uint8Array(3))].map(String).join(".");

export function createVisitor(headers: Record<string, string> = {}): Visitor {
  const address = ownAddress();
  const cookies = new Map<string, string>();
  return {
    cookies,
    ask: async (path, init = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const answer = await askHub(path, {
        ...init,
        headers: {
          origin,
          "cf-connecting-ip": address,
          ...(cookie === "" ? {} : { cookie }),
          ...headers,
          ...init.headers,
        },
      });
      for (const set of answer.headers.getSetCookie()) keep(cookies, set);
      return answer;
    },
  };
}

function keep(cookies: Map<string, string>, set: string): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
  if (value === "" || /max-age=0/i.test(set)) cookies.delete(name);
  else cookies.set(name, value);
}

export type ReceivedMail = { to: string; subject: string; text: string };

/** The mails to this address, newest first. */
export async function mailsTo(address: string): Promise<ReceivedMail[]> {
  const { results } = await env.DB.prepare(
    'SELECT "to", subject, text FROM outbox_mails WHERE "to" = ? ORDER BY id DESC',
  )
    .bind(address)
    .all<ReceivedMail>();
  return results;
}

/** The secret of the link in the newest mail to this address. */
export async function linkTo(address: string): Promise<string> {
  const [mail] = await mailsTo(address);
  return decodeURIComponent(/\?token=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "");
}

let count = 0;
export const newAddress = (): string => `person-${Date.now()}-${++count}@example.com`;

export const password = "correct horse battery";

/** Somebody who made an account and confirmed its address: signed in, in no team. */
export async function signUp(
  email = newAddress(),
): Promise<Visitor & { email: string; personId: string }> {
  const visitor = createVisitor();
  await visitor.ask("/api/auth/sign-up/email", { body: { name: "Ada", email, password } });
  await visitor.ask(`/api/auth/verify-email?token=${await linkTo(email)}`);
  const { body } = await visitor.ask("/api/v1/account");
  return { ...visitor, email, personId: body.person.id };
}
