import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { PluginResult } from "../../src/check/model/result.ts";
import { fixScriptOf } from "../../src/report/model/fix-script.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { checked, debug } from "../support/example-results.ts";

function finding(rule: Finding["rule"], run: string, over: Partial<Finding> = {}): Finding {
  return { rule, severity: "error", message: `${rule} of it`, fix: [{ kind: "command", run }], ...over };
}

function plugin(path: string, ...findings: readonly Finding[]): PluginResult {
  return { ...debug, path, verdict: "incompatible", findings };
}

const release = finding("toolchain-mismatch", "GOTOOLCHAIN=go1.26.8 go build .");
const flags = finding("build-flags-mismatch", "go build -trimpath .");

/** Without the lines that every script has. */
function partsOf(...plugins: readonly PluginResult[]): readonly string[] {
  return fixScriptOf(checked(plugins), {}).split("\n").slice(3);
}

describe("a fix script", () => {
  it("has a part for plugins with the same causes", () => {
    expect(partsOf(plugin("a.so", release), plugin("b.so", release), plugin("c.so", flags))).toEqual([
      "",
      "# a.so, b.so",
      "#   toolchain-mismatch: toolchain-mismatch of it",
      "GOTOOLCHAIN=go1.26.8 go build .",
      "",
      "# c.so",
      "#   build-flags-mismatch: build-flags-mismatch of it",
      "go build -trimpath .",
      "",
    ]);
  });

  it("says one command once", () => {
    const again = { ...flags, fix: release.fix };
    expect(partsOf(plugin("a.so", release, again)).filter((line) => line.startsWith("GO"))).toHaveLength(1);
  });

  it("has nothing of what is only advice, and says that there is nothing", () => {
    const advice = finding("target-mismatch", "", { fix: [{ kind: "advice", text: "Build it." }] });
    expect(partsOf(plugin("a.so", advice))).toEqual(["", "# Nothing that a command fixes was found.", ""]);
  });

  it("is one that a shell reads, whatever the names are", () => {
    const name = "a\n$(touch /tmp/never)\r`id`.so";
    const text = fixScriptOf(
      checked([plugin(name, finding("claim-flags", "true", { message: "x\nfalse" }))]),
      {},
    );
    expect(execFileSync("sh", ["-c", text.replace("set -eu", "set -eu # ")], { encoding: "utf8" })).toBe("");
  });
});
