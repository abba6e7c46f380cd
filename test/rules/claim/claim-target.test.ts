import { describe, expect, it } from "vitest";
import { claimTarget } from "../../../src/rules/claim/claim-target/rule.ts";
import { exampleProvable, silentTarget } from "../../support/example-artifact.ts";

describe("claim-target", () => {
  it("shows the whole claim and the part that differs", () => {
    const target = "aarch64-unknown-linux-musl";
    const claimed = {
      subject: "target",
      plugin: { value: target, from: ".otel_manifest#/target" },
      fix: [{ kind: "advice", text: expect.stringContaining("GOOS/GOARCH") as string }],
    };
    expect(claimTarget.evaluate(exampleProvable({ target }))).toEqual([
      {
        ...claimed,
        message: "claims aarch64-unknown-linux-musl but was built for x86_64",
        other: { value: "x86_64", from: "e_machine" },
      },
      {
        ...claimed,
        message: "claims aarch64-unknown-linux-musl but was built for gnu",
        other: { value: "gnu", from: "DT_NEEDED libc.so.6" },
      },
    ]);
  });

  it.each([
    ["it agrees", "x86_64-unknown-linux-gnu", undefined],
    ["it does not say what the binary does", "linux/amd64", undefined],
    ["the binary does not say it", "x86_64-unknown-freebsd", silentTarget],
    ["it has no known form", "somewhere", undefined],
  ])("finds nothing if %s", (_, target, real) => {
    expect(claimTarget.evaluate(exampleProvable({ target }, {}, real))).toEqual([]);
  });
});
