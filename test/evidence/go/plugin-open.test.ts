import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { readPackageHashes } from "../../../src/evidence/go/package-hash.ts";
import { readPluginTable } from "../../../src/evidence/go/plugin-table.ts";
import { openFile } from "../../support/evidence-open.ts";
import { builds, describeReleases } from "../../support/go-builds.ts";
import { buildGo, type GoBuild } from "../../support/go-program.ts";
import { fewToolchains } from "../../support/go-releases.ts";

const trimmed = ["-trimpath"];
const host: GoBuild = { ...builds.host, flags: trimmed };
const plugin: GoBuild = { flags: [...builds.plugin.flags, ...trimmed] };

/** The package that the real plugin.Open names; "" where the plugin loads. */
function refusedPackage(hostPath: string, pluginPath: string): string | undefined {
  const said = execFileSync(hostPath, [pluginPath], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return said === "\n" ? "" : /different version of package (\S+)/.exec(said)?.[1];
}

/** The first check of the plugin's table that the host's hashes do not pass. */
function firstDifference(hostPath: string, pluginPath: string): string {
  const hashes = readPackageHashes(openFile(hostPath));
  const table = readPluginTable(openFile(pluginPath));
  if (!hashes.known || !table.known) throw new Error("host and plugin can be read");
  const differs = table.value.checks.find((check) => {
    const ofHost = hashes.value.get(check.package);
    return ofHost !== undefined && ofHost !== check.hash;
  });
  return differs?.package ?? "";
}

const cases: readonly (readonly [string, GoBuild, string])[] = [
  ["a plugin of the same sources", plugin, ""],
  [
    "a plugin with another package at the bottom",
    {
      ...plugin,
      files: {
        "near/deep/deep.go": 'package deep\n\nfunc Text() string { return "far" }\n\nfunc More() {}\n',
      },
    },
    "example.com/near/deep",
  ],
  [
    "a plugin with another package in the middle",
    {
      ...plugin,
      files: {
        "near/near.go":
          'package near\n\nimport "example.com/near/deep"\n\nfunc Text() string { return deep.Text() }\n\nfunc More() {}\n',
      },
    },
    "example.com/near",
  ],
  ["a plugin built without -trimpath", builds.plugin, "example.com/near/deep"],
];

describeReleases(
  "the first hash that differs is the one that plugin.Open names, with",
  (toolchain) => {
    test.each(cases)("%s", async (_, build, expected) => {
      const [hostPath, pluginPath] = [await buildGo(toolchain, host), await buildGo(toolchain, build)];
      const refused = refusedPackage(hostPath, pluginPath);
      expect(refused).toBe(firstDifference(hostPath, pluginPath));
      expect(refused).toBe(expected);
    });
  },
  { only: fewToolchains() },
);
