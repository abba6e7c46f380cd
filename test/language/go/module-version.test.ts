import { describe, expect, it } from "vitest";
import { compareModuleVersions } from "../../../src/language/go/module-version.ts";

describe("versions of Go modules", () => {
  // In the order that golang.org/x/mod/semver puts them.
  const ordered = [
    "v0.0.0-20240101000000-0123456789ab",
    "v0.0.0-20260101000000-0123456789ab",
    "v1.2.3-alpha",
    "v1.2.3-alpha.1",
    "v1.2.3-alpha.beta",
    "v1.2.3-beta.2",
    "v1.2.3-beta.11",
    "v1.2.3-rc.1",
    "v1.2.3",
    "v1.2.10",
    "v1.10.0",
    "v2.0.0+incompatible",
    "v10.0.0",
  ];

  it("have the order of their releases", () => {
    const shuffled = [...ordered].reverse();
    expect(shuffled.sort((a, b) => compareModuleVersions(a, b) ?? NaN)).toEqual(ordered);
    expect(compareModuleVersions("v2.0.0", "v2.0.0+incompatible")).toBe(0);
  });

  it("have none where one is no version", () => {
    expect(compareModuleVersions("(devel)", "v1.0.0")).toBeUndefined();
    expect(compareModuleVersions("v1.0.0", "v1.0")).toBeUndefined();
  });
});
