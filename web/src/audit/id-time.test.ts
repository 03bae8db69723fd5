import { expect, it } from "vitest";
import { newId } from "../../../shared/ids";
import { timeOfId } from "./id-time";

it("reads the time an id was made", () => {
  for (const time of [0, 1, 1793232000123, 2 ** 47])
    expect(timeOfId(newId("aud", time))).toBe(time);
});

it.each(["", "aud_", "aud_short", "nothing"])("reads none of %j", (text) => {
  expect(timeOfId(text)).toBeUndefined();
});
