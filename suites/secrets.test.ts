import { expect, it } from "vitest";
import { runSecrets, secretsSize } from "./secrets.ts";

it("lets no secret of a connection out, in whatever form, nor writes one in clear", async () => {
  expect((await runSecrets(secretsSize.tenth)).broken).toEqual([]);
}, 300_000);
