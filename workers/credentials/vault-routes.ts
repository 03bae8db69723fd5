import { createRoute } from "@hono/zod-openapi";
import { RotateVault, VaultCheck, VaultState, VerifyVault } from "../../shared/contracts/secrets";
import { answers, createRouter, failures, jsonBody } from "../platform/http";
import { rotateVault } from "./rotation/start";
import { getVault } from "./vault-state";
import { verifyVault } from "./verify";

const tags = ["Vault"];

const state = createRoute({
  operationId: "getVault",
  method: "get",
  path: "/",
  summary: "Read the state of the team's vault",
  description: "Which keys its records are sealed with, and how far a rotation is.",
  tags,
  responses: { 200: answers(VaultState, "The vault"), ...failures("forbidden", "unavailable") },
});
const rotate = createRoute({
  operationId: "rotateVault",
  method: "post",
  path: "/rotate",
  summary: "Give the team a new data key",
  description:
    "Every record is sealed anew in the background, while calls go on; the old key is dropped at the end. Asked again while that goes on, it changes nothing.",
  tags,
  request: jsonBody(RotateVault),
  responses: {
    202: answers(VaultState, "The rotation has begun"),
    ...failures("invalid_input", "forbidden", "second_factor_required", "conflict", "unavailable"),
  },
});
const verify = createRoute({
  operationId: "verifyVault",
  method: "post",
  path: "/verify",
  summary: "Check that every sealed record opens",
  description:
    "Some hundred records at a time. Ask again with the `cursor` of the answer until it is null. Nothing of what they hold is told.",
  tags,
  request: jsonBody(VerifyVault),
  responses: {
    200: answers(VaultCheck, "What was checked, and what does not open"),
    ...failures("invalid_input", "forbidden", "unavailable"),
  },
});

export const createVaultRoutes = () =>
  createRouter()
    .openapi(state, async (c) => c.json(await getVault(c.get("ctx")), 200))
    .openapi(rotate, async (c) => c.json(await rotateVault(c.get("ctx"), c.req.valid("json")), 202))
    .openapi(verify, async (c) =>
      c.json(await verifyVault(c.get("ctx"), c.req.valid("json")), 200),
    );
