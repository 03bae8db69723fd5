import { afterAll, beforeAll } from "vitest";
import { catalogue } from "../../shared/catalogue/all";
import type { ManifestData } from "../../shared/catalogue/manifest";

/** A connector of a test file's own, in the catalogue while its tests run. Its id is no other file's. */
export function offerConnector(data: ManifestData): void {
  const open = catalogue as ManifestData[];
  beforeAll(() => {
    open.push(data);
  });
  afterAll(() => {
    open.splice(open.indexOf(data), 1);
  });
}
