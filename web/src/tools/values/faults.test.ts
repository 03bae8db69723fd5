import { describe, expect, it } from "vitest";
import { faultsByField, faultsOfDetails } from "./faults";

describe("faults", () => {
  it("stand at their field; what is missing, at the field that misses it", () => {
    const faults = faultsByField(
      [
        { path: "/", message: 'Instance does not have required property "a/b".' },
        { path: "/list/0", message: 'Instance does not have required property "name".' },
        { path: "/n", message: "Too small." },
        { path: "/n", message: "Not whole." },
        { path: "/", message: "Nothing fits." },
      ],
      "Required.",
    );
    expect([...faults]).toEqual([
      ["/a~1b", ["Required."]],
      ["/list/0/name", ["Required."]],
      ["/n", ["Too small.", "Not whole."]],
      ["", ["Nothing fits."]],
    ]);
  });

  it("are read from a refusal, whatever else stands there", () => {
    expect(
      faultsOfDetails({ faults: [{ path: "/a", message: "m" }, 3, null, { path: 1 }] }),
    ).toEqual([{ path: "/a", message: "m" }]);
    expect(faultsOfDetails({ faults: "no" })).toEqual([]);
  });
});
