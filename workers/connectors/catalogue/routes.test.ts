import { beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../../shared/catalogue/all";
import { createTeam, type TestTeam } from "../../testing/team";

let team: TestTeam;
beforeAll(async () => {
  team = await createTeam("viewer");
});
const ids = (body: { items: { id: string }[] }) => body.items.map(({ id }) => id);

describe("the list of connectors", () => {
  it("has all of them, page by page, in the catalogue's order", async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const { status, body } = await team.ask(
        `/api/v1/connectors?limit=20${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      expect(status).toBe(200);
      seen.push(...ids(body));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(catalogue.map(({ id }) => id));
  });

  it("is narrowed by category and by words, all of which must be there", async () => {
    const asked = async (query: string) =>
      ids((await team.ask(`/api/v1/connectors?${query}`)).body);
    expect(await asked("category=custom")).toEqual(["any-api"]);
    expect(await asked("query=SALES%20force")).toContain("salesforce");
    expect(await asked("query=salesforce%20nothing")).toEqual([]);
    const refused = await team.ask("/api/v1/connectors?category=spaceflight");
    expect(refused.body.error).toMatchObject({
      code: "invalid_input",
      details: { field: "query.category" },
    });
  });
});

describe("a connector", () => {
  it("says what a form asks for, and no endpoint or template", async () => {
    const { body, text } = await team.ask("/api/v1/connectors/salesforce");
    const [oauth] = body.methods;
    expect(oauth).toMatchObject({
      kind: "oauth2_code",
      flow: "consent",
      executedBy: "edge",
      app: { redirectUri: "http://127.0.0.1/oauth/callback", configured: null },
    });
    expect(oauth.scopes.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/tokenUrl|authorizeUrl|"template"|\{token\}|services\/oauth2/);
  });

  it("tells forms, codes and bridges apart", async () => {
    const flows = async (id: string) =>
      Object.fromEntries(
        (await team.ask(`/api/v1/connectors/${id}`)).body.methods.map(
          (method: { id: string; flow: string; executedBy: string }) => [
            method.id,
            `${method.flow} ${method.executedBy}`,
          ],
        ),
      );
    expect(await flows("any-api")).toMatchObject({
      "api-key": "form edge",
      "client-certificate": "form bridge",
      "ssh-key": "form bridge",
    });
    expect(await flows("github")).toMatchObject({ oauth: "consent edge", device: "device edge" });
    expect(await flows("mcp")).toMatchObject({ oauth: "consent edge", headers: "form edge" });
  });

  it("knows whether the deployment has an app there", async () => {
    const env = {
      PLUGBOARD_OAUTH_APPS: JSON.stringify({
        slack: { clientId: "c", clientSecret: "s3cret-app" },
      }),
    } as unknown as Partial<Env>;
    const { body, text } = await team.ask("/api/v1/connectors/slack", { env });
    expect(body.methods[0].app.configured).toBe("deployment");
    expect(text).not.toContain("s3cret-app");
  });

  it("that there is not is not found", async () => {
    for (const id of ["nothing", "__proto__", "constructor"])
      expect((await team.ask(`/api/v1/connectors/${id}`)).body.error.code).toBe("not_found");
  });
});
