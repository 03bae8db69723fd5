import { expect, it } from "vitest";
import { textParts } from "./text-parts";

const origin = "https://hub.example";

it("makes links of the hub's own addresses, and of nothing else", () =>
  expect(
    textParts(`Open ${origin}/verify-email?token=a_b\nor https://elsewhere.example/x.`, origin),
  ).toEqual([
    { text: "Open " },
    { text: `${origin}/verify-email?token=a_b`, href: "/verify-email?token=a_b" },
    { text: "\nor " },
    { text: "https://elsewhere.example/x." },
  ]));

it.each(["https://hub.example.evil.example/x", "javascript:alert(1)", "http://hub.example/x"])(
  "leaves %s as it is",
  (text) => expect(textParts(text, origin)).toEqual([{ text }]),
);

it("takes this machine's names for one another, at the same port", () => {
  const parts = (text: string) => textParts(text, "http://localhost:8787");
  expect(parts("http://127.0.0.1:8787/invitation?token=a")).toEqual([
    { text: "http://127.0.0.1:8787/invitation?token=a", href: "/invitation?token=a" },
  ]);
  expect(parts("http://127.0.0.1:9999/x")).toEqual([{ text: "http://127.0.0.1:9999/x" }]);
});
