import { beforeAll, expect, it } from "vitest";
import { negatives } from "./authorization/negatives.ts";
import { authorizationSize, runAuthorization, type AuthorizationResult } from "./authorization.ts";

let result: AuthorizationResult;
beforeAll(async () => {
  result = await runAuthorization(authorizationSize.small);
}, 180_000);

it.each([...Object.keys(negatives), "conformance authorization"])("%s", (name) => {
  expect(result.claims).toHaveProperty([name], null);
});
