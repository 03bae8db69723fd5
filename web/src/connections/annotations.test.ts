import { expect, it } from "vitest";
import { hintsOf } from "./annotations";

it.each<[object, string[]]>([
  [{}, []],
  [{ readOnlyHint: true }, ["readOnly"]],
  [{ readOnlyHint: true, destructiveHint: true, idempotentHint: true }, ["readOnly"]],
  [{ readOnlyHint: false, destructiveHint: true }, ["destructive"]],
  [{ destructiveHint: false, idempotentHint: true }, ["additive", "idempotent"]],
  [{ openWorldHint: false }, ["closedWorld"]],
  [{ readOnlyHint: "true", openWorldHint: 1 }, []],
])("%j says %j", (annotations, hints) => expect(hintsOf({ ...annotations })).toEqual(hints));
