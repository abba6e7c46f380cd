import { describe, expect, it } from "vitest";
import type { Check } from "../../src/rules/finding.ts";
import { judge } from "../../src/rules/verdict.ts";

const checkOf = (over: Partial<Check> = {}): Check => ({
  rule: "toolchain-mismatch",
  status: "match",
  decisive: true,
  ...over,
});
const open = checkOf({ status: "unknown", reason: "the plugin's toolchain is unknown" });
const verdictOf = (...checks: readonly Check[]) => judge([], checks);

describe("a plugin without findings", () => {
  it("is compatible if every decisive comparison matches, whatever the others say", () => {
    const beside = checkOf({
      decisive: false,
      status: "unknown",
      reason: "the time of the build is unknown",
    });
    expect(verdictOf(checkOf(), checkOf(), beside)).toEqual({ verdict: "compatible", unknowns: [] });
  });

  it("is unknown if nothing was compared", () => {
    expect(verdictOf().verdict).toBe("unknown");
  });

  it("is unknown if nothing that was compared is decisive", () => {
    expect(verdictOf(checkOf({ decisive: false })).verdict).toBe("unknown");
  });

  it("is unknown if a decisive comparison could not be made, with each reason once", () => {
    expect(verdictOf(checkOf(), open, open)).toEqual({
      verdict: "unknown",
      unknowns: ["the plugin's toolchain is unknown"],
    });
  });

  it("has a reason even if the comparison gives none", () => {
    expect(verdictOf(checkOf({ status: "unknown" })).unknowns).toEqual(["a comparison could not be made"]);
  });

  it("is compatible whatever is unknown, if a comparison matches that is sufficient", () => {
    expect(verdictOf(open, checkOf({ sufficient: true }))).toEqual({ verdict: "compatible", unknowns: [] });
  });

  it("is not, if the sufficient comparison could not be made", () => {
    const unsure = checkOf({ sufficient: true, decisive: false, status: "unknown" });
    expect(verdictOf(open, unsure).verdict).toBe("unknown");
  });
});

describe("a plugin of several slices", () => {
  const [arm, intel] = [{ arch: "arm64" }, { arch: "x86_64" }];

  it("is unknown if one of them is, with the reasons of that one", () => {
    expect(verdictOf(checkOf(arm), { ...open, ...intel })).toEqual({
      verdict: "unknown",
      unknowns: ["the plugin's toolchain is unknown"],
    });
  });

  it("is not settled by what is sufficient for one of them", () => {
    expect(verdictOf(checkOf({ ...arm, sufficient: true }), { ...open, ...intel }).verdict).toBe("unknown");
  });

  it("is unknown for none of the reasons of a slice that is settled", () => {
    const settled = [
      checkOf({ ...arm, sufficient: true }),
      checkOf({ ...arm, status: "unknown", reason: "x" }),
    ];
    expect(verdictOf(...settled, { ...open, ...intel }).unknowns).toEqual([open.reason]);
  });

  it("is unknown if nothing decisive was compared in one of them", () => {
    expect(verdictOf(checkOf(arm), checkOf({ ...intel, decisive: false })).verdict).toBe("unknown");
  });
});
