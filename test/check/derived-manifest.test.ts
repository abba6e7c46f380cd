import { describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { defaultCarrierNames as names } from "../../src/manifest/carrier/carrier-names.ts";
import { inspect } from "../../src/check/inspect.ts";
import type { PluginResult } from "../../src/check/model/result.ts";
import { underPolicy } from "../../src/check/judge/under-policy.ts";
import { policyInForce } from "../../src/rules/policy/policy.ts";
import { validate } from "../../src/check/validate.ts";
import { builtFixtures } from "../support/built-fixtures.ts";

const fixtures = builtFixtures();

async function check(plugin: string, host: string): Promise<PluginResult> {
  const { plugins } = await validate({
    fileSystem: disk,
    files: [fixtures.get(plugin).file],
    host: { kind: "binary", path: fixtures.get(host).file },
    names,
    arch: undefined,
  });
  const [only] = plugins;
  if (only === undefined) throw new Error("no result");
  return only;
}

function statusOf({ checks = [] }: PluginResult, rule: string): string | undefined {
  return checks.find((check) => check.rule === rule)?.status;
}

describe("files without a manifest", () => {
  it("have one that is derived of what they prove, the unknown left out", async () => {
    const { manifest } = await inspect(disk, fixtures.get("elf/go/plugin-none").file, names);
    expect(manifest).toMatchObject({ source: "derived", location: ".go.buildinfo", offset: null });
    expect(Object.keys(manifest?.value as object).sort()).toEqual([
      "build_flags",
      "dependency_hashes",
      "language",
      "target",
      "toolchain_version",
    ]);
    const rust = await inspect(disk, fixtures.get("elf/rust/none-release").file, names);
    expect(rust.manifest?.value).toMatchObject({ language: "rust", target: "x86_64-linux-gnu" });
    expect(rust.manifest?.value).not.toHaveProperty("dependency_hashes");
  });

  it("are compared by it, on both sides", async () => {
    const plugin = await check("elf/go/plugin-none", "elf/go/executable-none");
    expect(statusOf(plugin, "toolchain-mismatch")).toBe("match");
    expect(statusOf(plugin, "dependency-mismatch")).not.toBe("unknown");
    const missing = plugin.findings.find(({ rule }) => rule === "manifest-missing");
    expect(missing).toMatchObject({ severity: "note" });
  });

  it("stay unknown where they prove nothing, and have none", async () => {
    const plugin = await check("elf/c/none", "compat/otelcol");
    expect(plugin.manifest).toBeNull();
    expect(plugin.loader?.outcome).toBe("unknown");
    expect(plugin.findings).toMatchObject([{ rule: "manifest-missing", severity: "error" }]);
    expect(statusOf(plugin, "toolchain-mismatch")).toBe("unknown");
  });

  it("are judged by the loader's answer alone if it does not load them", async () => {
    const plugin = await check("elf/c/none", "elf/go/executable-none");
    expect(plugin.verdict).toBe("incompatible");
    expect(plugin.findings).toMatchObject([
      { rule: "loader-crashes", cause: expect.stringContaining("is not a Go plugin") as string },
      { rule: "manifest-missing", severity: "note" },
    ]);
    const accepted = underPolicy(
      plugin,
      policyInForce({ severities: { "loader-crashes": "note" } }, new Date()),
    );
    expect(accepted.verdict).toBe("unknown");
    const suppressions = [{ rule: "loader-crashes", plugin: "**", reason: "tried" }] as const;
    const suppressed = underPolicy(plugin, policyInForce({ suppressions }, new Date()));
    expect(suppressed.findings).toContainEqual(
      expect.objectContaining({ rule: "loader-crashes", suppressed: expect.anything() as unknown }),
    );
    expect(suppressed.verdict).toBe("unknown");
  });

  it("written in Rust stay unknown where nothing says which packages were linked", async () => {
    const plugin = await check("elf/rust/none-release", "compat/otelcol");
    expect(statusOf(plugin, "toolchain-mismatch")).toBe("match");
    expect(statusOf(plugin, "dependency-mismatch")).toBe("unknown");
    expect(plugin.verdict).not.toBe("compatible");
  });

  it("do not make a host say which languages it takes", async () => {
    const plugin = await check("elf/rust/none-release", "elf/go/executable-none");
    expect(plugin.findings.map(({ rule }) => rule)).not.toContain("language-unsupported");
    expect(statusOf(plugin, "toolchain-mismatch")).toBe("unknown");
  });
});
