import { expect, it } from "vitest";
import { sizeText } from "../../src/report/model/size.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1,000 bytes"],
  [48_200_312, "48,200,312 bytes"],
])("%i is a size of %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
