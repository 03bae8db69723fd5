import { createRoute } from "@hono/zod-openapi";
import {
  CreateSecret,
  Secret,
  SecretPage,
  SecretQuery,
  UpdateSecret,
} from "../../../shared/contracts/secrets";
import { answers, createRouter, failures, idParam, jsonBody } from "../../platform/http";
import { createSecret } from "./create";
import { deleteTeamSecret } from "./delete";
import { getSecret, listSecrets } from "./list";
import { updateSecret } from "./update";

const tags = ["Secrets"];
const params = idParam("A secret's id");

const list = createRoute({
  operationId: "listSecrets",
  method: "get",
  path: "/",
  summary: "List the team's secrets, by name",
  description:
    "What they are is never told; their last four characters are, where there are twelve or more.",
  tags,
  request: { query: SecretQuery },
  responses: {
    200: answers(SecretPage, "The secrets, and what uses them"),
    ...failures("invalid_input", "forbidden"),
  },
});
const create = createRoute({
  operationId: "createSecret",
  method: "post",
  path: "/",
  summary: "Give a value a name",
  description: "`{{secrets.NAME}}` stands for it in the fields of a connection.",
  tags,
  request: jsonBody(CreateSecret),
  responses: {
    201: answers(Secret, "The secret, without its value"),
    ...failures("invalid_input", "forbidden", "conflict", "unavailable"),
  },
});
const get = createRoute({
  operationId: "getSecret",
  method: "get",
  path: "/{id}",
  summary: "Read a secret",
  tags,
  request: { params },
  responses: {
    200: answers(Secret, "The secret, without its value"),
    ...failures("forbidden", "not_found"),
  },
});
const update = createRoute({
  operationId: "updateSecret",
  method: "patch",
  path: "/{id}",
  summary: "Replace a secret's value, or change its description",
  description: "What uses it goes on with the new value from the next call on.",
  tags,
  request: { params, ...jsonBody(UpdateSecret) },
  responses: {
    200: answers(Secret, "The secret as it is now"),
    ...failures("invalid_input", "forbidden", "not_found", "conflict", "unavailable"),
  },
});
const remove = createRoute({
  operationId: "deleteSecret",
  method: "delete",
  path: "/{id}",
  summary: "Delete a secret",
  description: "Refused while a connection uses it.",
  tags,
  request: { params },
  responses: {
    204: { description: "Deleted" },
    ...failures("forbidden", "not_found", "secret_in_use"),
  },
});

export const createSecretRoutes = () =>
  createRouter()
    .openapi(list, async (c) => c.json(await listSecrets(c.get("ctx"), c.req.valid("query")), 200))
    .openapi(create, async (c) =>
      c.json(await createSecret(c.get("ctx"), c.req.valid("json")), 201),
    )
    .openapi(get, async (c) => c.json(await getSecret(c.get("ctx"), c.req.valid("param").id), 200))
    .openapi(update, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await updateSecret(c.get("ctx"), id, c.req.valid("json")), 200);
    })
    .openapi(remove, async (c) => {
      await deleteTeamSecret(c.get("ctx"), c.req.valid("param").id);
      return c.body(null, 204);
    });
