import { expect, it } from "vitest";
import type { Notice } from "../../../shared/contracts/notices";
import { mendingOf } from "./mend";

const notice = (kind: Notice["kind"], path: string | null = "/connections/con_1") =>
  ({ kind, path, subjectId: "con_1" }) as Notice;

it("leads to signing in where that mends it, else to the connection", () => {
  for (const kind of [
    "connection.needs_reauth",
    "connection.expiring",
    "connection.rotation_due",
  ] as const)
    expect(mendingOf(notice(kind))).toEqual({
      step: "reconnect",
      to: { path: "/connections/new", search: { reconnect: "con_1" } },
    });
  expect(mendingOf(notice("connection.misconfigured"))).toEqual({
    step: "look",
    to: { path: "/connections/con_1", search: {} },
  });
  expect(mendingOf(notice("connection.rotated", "https://evil.example/"))).toBeUndefined();
});
