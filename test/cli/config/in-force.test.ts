import { describe, expect, it } from "vitest";
import { configurationOf } from "../../../src/cli/config/in-force.ts";
import type { LoadedSettings } from "../../../src/cli/config/load.ts";
import { flagLayer } from "../../../src/cli/config/setting-flags.ts";
import { settingNames, settingOf } from "../../../src/cli/config/setting-table.ts";
import { inForce, type Layer, type SomeSettings } from "../../../src/cli/config/settings.ts";

const file = (values: SomeSettings): Layer => ({
  values,
  originOf: (_, key) => ({ kind: "file", path: "plugins.config.yaml", line: key === undefined ? 1 : 2 }),
});

const environment = (values: SomeSettings): Layer => ({
  values,
  originOf: (name) => ({ kind: "environment", name: settingOf(name).variable ?? "" }),
});

function loaded(layers: readonly Layer[], configFile?: string): LoadedSettings {
  return {
    ...inForce(layers),
    configFile,
    configFoundBy: configFile === undefined ? undefined : "search",
  };
}

/** The flags of a command that has all of them. */
const flags = Object.fromEntries(settingNames.map((name) => [settingOf(name).flag?.name ?? "", true]));

/** Which settings are named as lowered, and what would hold instead. */
async function lowered(...layers: readonly Layer[]): Promise<readonly string[]> {
  const configuration = await configurationOf(loaded(layers, "plugins.config.yaml"), flags);
  return (configuration?.lowered ?? []).map(
    ({ setting, rule, value, instead }) =>
      `${setting}${rule === undefined ? "" : ` ${rule}`} ${JSON.stringify(value)} ${JSON.stringify(instead)}`,
  );
}

describe("the configuration that a report names", () => {
  it("is the file, and how it was found", async () => {
    expect(await configurationOf(loaded([file({})], "../plugins.config.yaml"), flags)).toEqual({
      file: "../plugins.config.yaml",
      foundBy: "search",
      lowered: [],
    });
  });

  it("is none if there is no file and no variable lowers anything", async () => {
    expect(await configurationOf(loaded([environment({ failOn: "note", expect: ["a"] })]), flags)).toBeNull();
    expect(await configurationOf(loaded([flagLayer({ "fail-on": "never" }, undefined)]), flags)).toBeNull();
  });

  it("is what a variable lowers, also without a file", async () => {
    expect(await configurationOf(loaded([environment({ allowUnknown: true })]), flags)).toEqual({
      file: null,
      foundBy: null,
      lowered: [
        {
          setting: "allowUnknown",
          value: true,
          instead: false,
          origin: { kind: "environment", name: "PLUGINS_ALLOW_UNKNOWN" },
        },
      ],
    });
  });
});

describe("a setting of the file is named as lowered", () => {
  it.each<readonly [SomeSettings, string]>([
    [{ allowUnknown: true }, "allowUnknown true false"],
    [{ failOn: "never" }, 'failOn "never" "error"'],
    [{ policy: "loader" }, 'policy "loader" "proof"'],
    [{ arch: "x86_64" }, 'arch "x86_64" null'],
    [{ severities: { "toolchain-mismatch": "off" } }, 'severities toolchain-mismatch "off" "error"'],
    [{ severities: { "toolchain-mismatch": "note" } }, 'severities toolchain-mismatch "note" "error"'],
  ])("if it is %j", async (values, expected) => {
    expect(await lowered(file(values))).toEqual([expected]);
  });

  it("if it suppresses anything", async () => {
    const suppressions = [{ rule: "toolchain-mismatch", reason: "OPS-1" }] as const;
    expect(await lowered(file({ suppressions }))).toEqual([
      `suppressions ${JSON.stringify(suppressions)} []`,
    ]);
  });

  it.each<readonly [SomeSettings]>([
    [{ allowUnknown: false }],
    [{ failOn: "warning" }],
    [{ failOn: "error" }],
    [{ maxWarnings: 1000 }],
    [{ policy: "strict" }],
    [{ expect: ["kafkaexporter"] }],
    [{ requireManifest: false, locked: false, recursive: false }],
    [{ severities: { "toolchain-mismatch": "error", "manifest-missing": "error" } }],
    [{ suppressions: [] }],
    [{ folders: ["dist"], host: ["otelcol"], sysroot: "root", sections: [".mine"], lockFile: "a.json" }],
  ])("but not if it is %j", async (values) => {
    expect(await lowered(file(values))).toEqual([]);
  });

  it("by the line of its rule", async () => {
    const layers = [file({ severities: { "toolchain-mismatch": "off" } })];
    const configuration = await configurationOf(loaded(layers, "plugins.config.yaml"), flags);
    expect(configuration?.lowered[0]?.origin).toEqual({
      kind: "file",
      path: "plugins.config.yaml",
      line: 2,
    });
  });
});

describe("a variable is named as lowering", () => {
  it.each<readonly [SomeSettings, SomeSettings, string]>([
    [{ failOn: "error" }, { failOn: "warning" }, 'failOn "error" "warning"'],
    [{ maxWarnings: 9 }, { maxWarnings: 0 }, "maxWarnings 9 0"],
    [{ policy: "proof" }, { policy: "strict" }, 'policy "proof" "strict"'],
    [{ expect: ["a"] }, { expect: ["a", "b"] }, 'expect ["a"] ["a","b"]'],
    [{ requireManifest: false }, { requireManifest: true }, "requireManifest false true"],
    [{ locked: false }, { locked: true }, "locked false true"],
    [{ recursive: false }, { recursive: true }, "recursive false true"],
    [{ arch: "aarch64" }, { arch: "x86_64" }, 'arch "aarch64" "x86_64"'],
  ])("if it says %j where the file says %j", async (variable, said, expected) => {
    expect(await lowered(environment(variable), file(said))).toEqual([expected]);
  });

  it.each<readonly [SomeSettings, SomeSettings]>([
    [{ failOn: "error" }, { failOn: "never" }],
    [{ maxWarnings: 0 }, { maxWarnings: 9 }],
    [{ policy: "strict" }, { policy: "loader" }],
    [{ expect: ["b", "a"] }, { expect: ["a"] }],
    [{ allowUnknown: false }, { allowUnknown: true }],
  ])("but not if it says %j where the file says %j", async (variable, said) => {
    expect(await lowered(environment(variable), file(said))).toEqual([]);
  });
});

describe("what the command line says", () => {
  it("is not named, and undoes what the file lowers", async () => {
    const said = file({
      failOn: "never",
      severities: { "toolchain-mismatch": "off", "target-mismatch": "off" },
    });
    const line = flagLayer(
      { "fail-on": "error", "allow-unknown": true, severity: ["toolchain-mismatch=note"] },
      undefined,
    );
    expect(await lowered(line, said)).toEqual(['severities target-mismatch "off" "error"']);
  });
});

describe("a command", () => {
  it("names only settings that it has", async () => {
    const settings = loaded([
      environment({ failOn: "never", allowUnknown: true }),
      file({ severities: { "toolchain-mismatch": "off" }, arch: "x86_64" }),
    ]);
    const named = async (names: readonly string[]): Promise<readonly string[]> => {
      const has = Object.fromEntries(names.map((name) => [name, {}]));
      return ((await configurationOf(settings, has))?.lowered ?? []).map(({ setting }) => setting);
    };
    expect(await named(["recursive", "section"])).toEqual([]);
    expect(await named(["arch", "fail-on"])).toEqual(["arch", "failOn"]);
    expect(await named(["severity"])).toEqual(["severities"]);
  });
});
