import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
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
  it("has the causes of the plugins, and their commands", () => {
    expect(partsOf(plugin("a.so", release), plugin("b.so", release))).toEqual([
      "",
      "# a.so, b.so",
      "#   toolchain-mismatch: toolchain-mismatch of it",
      "GOTOOLCHAIN=go1.26.8 go build .",
      "",
    ]);
  });

  describe("for several projects", () => {
    const one = finding("toolchain-mismatch", "echo first && false || true; echo again");
    const other = finding("build-flags-mismatch", "echo second; false; echo never");
    const text = fixScriptOf(checked([plugin("a.so", one), plugin("b.so", one), plugin("c.so", other)]), {});
    const folder = mkdtempSync(join(tmpdir(), "plugins-fix-script-"));
    const file = join(folder, "fix.sh");
    writeFileSync(file, text);
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });
    const run = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync("sh", [file, ...args], { encoding: "utf8" });
      return { status, stdout, stderr };
    };

    it("runs the part that is asked for", () => {
      expect(run("1")).toEqual({ status: 0, stdout: "first\nagain\n", stderr: "" });
    });

    it("stops at a command that fails", () => {
      expect(run("2")).toEqual({ status: 1, stdout: "second\n", stderr: "" });
    });

    it.each([[], [""], ["0"], ["3"], ["-1"], ["two"], ["1x"]])(
      "runs nothing and lists the parts with %j",
      (...args) => {
        const { status, stdout, stderr } = run(...args);
        expect([status, stdout]).toEqual([2, ""]);
        expect(stderr).toBe(
          "Each part is for another project. In the folder of that project, run the script with its number:\n1: a.so, b.so\n2: c.so\n",
        );
      },
    );
  });

  it("says one command once", () => {
    const again = { ...flags, fix: release.fix };
    expect(partsOf(plugin("a.so", release, again)).filter((line) => line.startsWith("GO"))).toHaveLength(1);
  });

  it("has nothing of what is only advice, and says that there is nothing", () => {
    const advice = finding("target-mismatch", "", { fix: [{ kind: "advice", text: "Build it." }] });
    expect(partsOf(plugin("a.so", advice))).toEqual(["", "# Nothing that a command fixes was found.", ""]);
  });

  it("does not run what a terminal does not show", () => {
    const text = fixScriptOf(checked([plugin("a.so", finding("claim-flags", "echo '\x1b[1A\u202e'"))]), {});
    expect(text).toContain(
      "\nfalse # Not run, as it has characters that cannot be seen: echo '\\x1b[1A\\u202e'\n",
    );
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    const hidden = finding("claim-flags", "echo '\x1b[1A'");
    const two = fixScriptOf(checked([plugin("a.so", hidden), plugin("b.so", flags)]), {});
    const { status, stdout, stderr } = spawnSync("sh", ["-s", "1"], { input: two, encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([1, "", ""]);
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
