import { describe, expect, it } from "vitest";
import { flagLayer } from "../../../src/cli/config/setting-flags.ts";
import { misspelledVariables } from "../../../src/cli/config/environment-settings.ts";
import { hostOf, hostsOf } from "../../../src/cli/config/request.ts";
import { inForce, type Layer, type SomeSettings } from "../../../src/cli/config/settings.ts";

function layer(values: SomeSettings, kind: "environment" | "file"): Layer {
  return {
    values,
    originOf: (name) =>
      kind === "file" ? { kind, path: "plugins.config.yaml", line: 3 } : { kind, name: `PLUGINS_${name}` },
  };
}

describe("settings", () => {
  it("are the defaults where nothing is said", () => {
    const settings = inForce([]);
    expect(settings).toMatchObject({ failOn: "error", policy: "proof", recursive: false, expect: [] });
    expect(settings.given.failOn[0].originOf()).toEqual({ kind: "default" });
  });

  it("are the flag's before the environment's before the file's", () => {
    const layers = [
      flagLayer({ "fail-on": "note" }, undefined),
      layer({ failOn: "warning", arch: "aarch64" }, "environment"),
      layer({ failOn: "never", arch: "x86_64", policy: "loader" }, "file"),
    ];
    const settings = inForce(layers);
    expect(settings).toMatchObject({ failOn: "note", arch: "aarch64", policy: "loader" });
    expect(settings.given.failOn.map(({ value, originOf }) => [value, originOf()])).toEqual([
      ["note", { kind: "flag", name: "--fail-on" }],
      ["warning", { kind: "environment", name: "PLUGINS_failOn" }],
      ["never", { kind: "file", path: "plugins.config.yaml", line: 3 }],
      ["error", { kind: "default" }],
    ]);
    expect(settings.given.arch[0].originOf()).toMatchObject({ kind: "environment" });
    expect(settings.given.policy[0].originOf()).toMatchObject({ kind: "file", line: 3 });
  });

  it("of the target are those of the host's", () => {
    const flags = flagLayer({ host: ["otelcol"], "target-macos": "27" }, undefined);
    expect(
      hostOf(inForce([flags, layer({ targetMacos: "26", targetCpu: "x86-64" }, "environment")])),
    ).toEqual({
      kind: "binary",
      path: "otelcol",
      target: { macos: "27", cpu: "x86-64" },
    });
  });

  it("name each host once, however it is spelled, and refuse several where one is wanted", () => {
    const settings = inForce([flagLayer({ host: ["a/otelcol", "b", "./a/otelcol", "a/../b"] }, undefined)]);
    expect(hostsOf(settings).map(({ path }) => path)).toEqual(["a/otelcol", "b"]);
    expect(() => hostOf(settings)).toThrow("an explanation is for one host, and 2 are given");
  });

  it("take false and 0 of a stronger source for an answer", () => {
    const layers = [
      flagLayer({ recursive: false, "max-warnings": 0 }, undefined),
      layer({ recursive: true, maxWarnings: 9 }, "file"),
    ];
    expect(inForce(layers)).toMatchObject({ recursive: false, maxWarnings: 0 });
  });

  it("know one host: a stronger source's manifest hides a weaker one's binary", () => {
    const layers = [
      flagLayer({ "host-manifest": ["host.json"] }, undefined),
      layer({ host: ["otelcol"] }, "environment"),
      layer({ host: ["other"] }, "file"),
    ];
    expect(inForce(layers)).toMatchObject({ host: undefined, hostManifest: ["host.json"] });
    expect(inForce(layers.slice(1))).toMatchObject({ host: ["otelcol"], hostManifest: undefined });
  });
});

describe("an unrecognized variable", () => {
  it("causes a warning if it is almost the name of one", () => {
    expect(
      misspelledVariables({ PLUGINS_FIAL_ON: "x", PLUGINS_HOST: "a", PLUGINS_WHATEVER_ELSE: "b" }),
    ).toEqual(["unrecognized environment variable PLUGINS_FIAL_ON. Did you mean PLUGINS_FAIL_ON?"]);
  });
});
