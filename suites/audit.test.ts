import { expect, it } from "vitest";
import { auditSize, runAudit } from "./audit.ts";

it("finds and names what was changed in the audit log behind the hub's back", async () => {
  expect((await runAudit(auditSize.tenth)).broken).toEqual([]);
});
