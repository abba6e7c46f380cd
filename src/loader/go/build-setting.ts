import type { GoBuildInfo } from "../../evidence/go/build-info.ts";
import type { Fact } from "../../evidence/fact.ts";
import type { ReadValue } from "../obstacle.ts";

/** A build setting that affects the export data of packages, and so their hashes. */
export interface SettingDifference {
  readonly key: string;
  readonly plugin: ReadValue;
  readonly host: ReadValue;
  /** Whether it affects every package, or only some. */
  readonly reach: "all" | "some";
}

/**
 * Settings that change package hashes, found by building with and without them (docs/loader-go.md); those that affect most come
 * first. Not among them: -ldflags, CGO_CFLAGS, GOAMD64 and the like, which do not change the export data.
 */
const settings: readonly { readonly key: string; readonly reach: "all" | "some" }[] = [
  { key: "GOEXPERIMENT", reach: "all" },
  { key: "-trimpath", reach: "all" },
  { key: "-gcflags", reach: "all" },
  { key: "-race", reach: "some" },
  { key: "-msan", reach: "some" },
  { key: "-asan", reach: "some" },
  { key: "-cover", reach: "some" },
  { key: "GOFIPS140", reach: "some" },
  { key: "-tags", reach: "some" },
  { key: "CGO_ENABLED", reach: "some" },
];

/** A setting that is not recorded is off (cmd/go/internal/load/pkg.go, setBuildInfo). */
const off = "not set";

/** Empty if a side records no settings, as before Go 1.18. */
export function settingDifferences(
  plugin: Fact<GoBuildInfo>,
  host: Fact<GoBuildInfo>,
): readonly SettingDifference[] {
  if (!plugin.known || !host.known) return [];
  if (plugin.value.settings.length === 0 || host.value.settings.length === 0) return [];
  return settings.flatMap(({ key, reach }) => {
    const values = [plugin.value, host.value].map((info) => settingOf(info, key));
    const [ofPlugin = off, ofHost = off] = values;
    if (ofPlugin === ofHost) return [];
    return [
      {
        key,
        reach,
        plugin: { value: ofPlugin, from: plugin.from },
        host: { value: ofHost, from: host.from },
      },
    ];
  });
}

/** Whether the build info records a setting that is not off. */
export function isSet(info: GoBuildInfo, key: string): boolean {
  return settingOf(info, key) !== off;
}

function settingOf({ settings }: GoBuildInfo, key: string): string {
  const value = settings.find((setting) => setting.key === key)?.value;
  if (value === undefined || value === "" || value === "false") return off;
  // Flags without a pattern are for the packages named on the command line, and a main package is in no other program.
  if (key === "-gcflags" && value.startsWith("-")) return off;
  return key === "-tags" ? value.split(",").sort().join(",") : value;
}
