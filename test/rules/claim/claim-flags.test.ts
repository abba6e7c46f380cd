import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import type { Proof } from "../../../src/evidence/proof.ts";
import { claimFlags } from "../../../src/rules/claim/claim-flags/rule.ts";
import { exampleProvable } from "../../support/example-artifact.ts";

const rust = { language: "rust", toolchain_version: "1.95.0" } as const;
const byRust: Partial<Proof> = { language: known("rust", ".comment") };

describe("claim-flags", () => {
  const flags = known(["-race=true", "-trimpath=true"], ".go.buildinfo");

  it.each([
    [
      ["-msan"],
      "-msan",
      "claims -msan, which was not used; does not mention -race -trimpath, which was used",
    ],
    [["-race"], "-race", "does not mention -trimpath, which was used"],
    [[], "none", "does not mention -race -trimpath, which was used"],
    [["-race", "-trimpath", "-msan"], "-msan -race -trimpath", "claims -msan, which was not used"],
  ])("shows both lists if %j is claimed", (build_flags, value, message) => {
    expect(claimFlags.evaluate(exampleProvable({ build_flags }, { flags }))).toEqual([
      {
        subject: "build_flags",
        message,
        plugin: { value, from: ".otel_manifest#/build_flags" },
        other: { value: "-race -trimpath", from: ".go.buildinfo" },
        fix: [{ kind: "advice", text: expect.stringContaining("`build_flags`") as string }],
      },
    ]);
  });

  it("shows that nothing was used", () => {
    const none = known(["-buildmode=plugin"], ".go.buildinfo");
    expect(claimFlags.evaluate(exampleProvable({ build_flags: ["-race"] }, { flags: none }))).toMatchObject([
      { message: "claims -race, which was not used", other: { value: "none" } },
    ]);
  });

  it.each([
    ["they are equal", { build_flags: ["-race", "-trimpath"] }, { flags }],
    ["they are unknown", { build_flags: ["-msan"] }, {}],
    ["the proof is of a different language", { build_flags: ["-msan"] }, { flags, ...byRust }],
  ])("finds nothing if %s", (_, manifest, proof) => {
    expect(claimFlags.evaluate(exampleProvable(manifest, proof))).toEqual([]);
  });

  const panic: Partial<Proof> = { ...byRust, panic: known("abort", ".text") };

  it("shows the panic strategy that was used, and finds its claim among other flags", () => {
    const build_flags = ["-C", "target-cpu=native", "-C", "panic=unwind"];
    expect(claimFlags.evaluate(exampleProvable({ ...rust, build_flags }, panic))).toEqual([
      {
        subject: "build_flags",
        message: "claims -C panic=unwind but was built with -C panic=abort",
        plugin: { value: "-C panic=unwind", from: ".otel_manifest#/build_flags" },
        other: { value: "-C panic=abort", from: ".text" },
        fix: [{ kind: "advice", text: expect.stringContaining("RUSTFLAGS") as string }],
      },
    ]);
  });

  it.each([
    ["it agrees", ["-Cpanic=abort"], panic],
    ["no strategy is claimed", ["-C", "target-cpu=native"], panic],
    ["none is known", ["-Cpanic=unwind"], byRust],
  ])("finds nothing about a panic strategy if %s", (_, build_flags, proof) => {
    expect(claimFlags.evaluate(exampleProvable({ ...rust, build_flags }, proof))).toEqual([]);
  });
});
