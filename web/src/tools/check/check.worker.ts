import type { JsonObject } from "../../../../shared/json";
import { check } from "./check";

export type CheckRequest = { schema: JsonObject; args: unknown };

addEventListener("message", ({ data }: MessageEvent<CheckRequest>) => {
  postMessage(check(data.schema, data.args));
});
