// Clients check a list as a whole: one field of a wrong type in one server's tool would cost them every server's tools.
import * as z from "zod";
import { isObject, type Era, type JsonObject } from "../connectors";

const orNothing = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const text = orNothing(z.string());
const flag = orNothing(z.boolean());
const object = orNothing(z.record(z.string(), z.unknown()));
const theme = orNothing(z.enum(["light", "dark"]));
const icon = z.looseObject({
  src: z.string(),
  mimeType: text,
  sizes: orNothing(z.array(z.string())),
  theme,
});
const named = { title: text, description: text, icons: orNothing(z.array(icon)), _meta: object };

// A schema may be `true` or `false`; older clients know only objects.
const properties = z
  .record(z.string(), z.unknown())
  .transform((known) =>
    Object.fromEntries(
      Object.entries(known).map(([key, schema]) => [
        key,
        isObject(schema) ? schema : schema === false ? { not: {} } : {},
      ]),
    ),
  );
const objectSchema = z.looseObject({
  $schema: text,
  type: z.literal("object"),
  properties: orNothing(properties),
  required: orNothing(z.array(z.string())),
});
const hints = {
  readOnlyHint: flag,
  destructiveHint: flag,
  idempotentHint: flag,
  openWorldHint: flag,
};
const tool = {
  ...named,
  inputSchema: objectSchema.extend({ type: z.literal("object").catch("object") }),
  annotations: orNothing(z.looseObject({ title: text, ...hints })),
  execution: orNothing(
    z.looseObject({ taskSupport: orNothing(z.enum(["required", "optional", "forbidden"])) }),
  ),
};
const annotations = orNothing(
  z.looseObject({
    audience: orNothing(z.array(z.enum(["user", "assistant"]))),
    priority: orNothing(z.number().min(0).max(1)),
    lastModified: orNothing(z.iso.datetime({ offset: true })),
  }),
);
const argument = z.looseObject({
  name: z.string(),
  title: text,
  description: text,
  required: flag,
});

const schemas = {
  tool: {
    modern: z.looseObject({ ...tool, outputSchema: orNothing(z.looseObject({ $schema: text })) }),
    // Before 2026-07-28 structured content is an object, and so is its schema.
    legacy: z.looseObject({ ...tool, outputSchema: orNothing(objectSchema) }),
  },
  prompt: z.looseObject({ ...named, arguments: orNothing(z.array(argument)) }),
  resource: z.looseObject({ ...named, mimeType: text, size: orNothing(z.number()), annotations }),
  template: z.looseObject({ ...named, mimeType: text, annotations }),
};

/** The definition less what no client could read; what a client must have and the server left out is filled in. */
export function wellFormed(
  kind: keyof typeof schemas,
  era: Era,
  definition: JsonObject,
): JsonObject {
  const schema = kind === "tool" ? schemas.tool[era] : schemas[kind];
  const { name, uri, uriTemplate } = definition;
  return schema.parse({
    ...definition,
    name: typeof name === "string" ? name : (uri ?? uriTemplate),
  });
}
