// Answers in place of the hub's own, for the states it cannot be brought into from outside.
import type { ErrorCode } from "../../shared/errors.ts";
import type { Dashboard } from "./browser.ts";

export const never = Symbol("never");

export class Refusal {
  readonly status: number;
  readonly error: object;

  constructor(status: number, code: ErrorCode, message: string, details: object = {}) {
    this.status = status;
    this.error = { code, message, details, requestId: "req_01k5x8m0qv2h7c9d4e6f8g0h2j" };
  }
}

/** Answers by path below `/api`. */
export const answering =
  (answers: Record<string, unknown>) =>
  async ({ page }: Pick<Dashboard, "page">) => {
    for (const [path, body] of Object.entries(answers))
      await page.route(
        (url) => url.pathname === `/api/${path}`,
        (route) => {
          if (body === never) return new Promise<never>(() => undefined);
          if (body instanceof Refusal)
            return route.fulfill({ status: body.status, json: { error: body.error } });
          return route.fulfill(body === null ? { status: 204 } : { json: body });
        },
      );
  };

/** What a refusal leaves behind in the page's account of what went wrong. */
export const answered = (status: number) => [
  new RegExp(`^answered ${status}:`),
  new RegExp(`^console: Failed to load resource.* ${status}`),
];

/** Whoever may look and change nothing. */
export const asViewer = ({ page }: Pick<Dashboard, "page">) =>
  page.route("**/api/v1/me", async (route) => {
    const response = await route.fetch();
    const permissions = ["connections.read", "tools.read", "executions.read"];
    await route.fulfill({ json: { ...(await response.json()), role: "viewer", permissions } });
  });
