import { failLevels } from "../../check/model/gate.ts";
import { defaultPolicyName, policyNames } from "../../rules/policy/policy.ts";
import { oneOf, type Setting } from "./setting.ts";

/**
 * Every setting, by its key in a configuration file. Flags, environment variables, defaults, types, the help, the
 * configuration schema, the table in docs/configuration.md and what a lock covers all follow from these rows.
 */
export const settingTable = {
  folders: {
    argument: "DIR",
    variable: "PLUGINS_DIR",
    form: "paths",
    default: undefined,
    help: "Plugin folders, or one archive or container image. Default: plugins.",
    variableHelp: "Plugin folder if the command line gives none. Default: plugins.",
    // A lock lists the plugins that were found, and a shard has a digest of them.
    decides: false,
  },
  recursive: {
    flag: { name: "recursive", char: "r" },
    variable: "PLUGINS_RECURSIVE",
    form: "yes-or-no",
    default: false,
    help: "Search subfolders too.",
    // As with the folders, only what was found matters.
    decides: false,
  },
  host: {
    flag: { name: "host", value: "FILE", group: "host" },
    variable: "PLUGINS_HOST",
    form: "paths",
    default: undefined,
    help: "The Collector binary that will load the plugins. For check-all and validate it can be given several times.",
    variableHelp: "Host binary if neither --host nor --host-manifest is given.",
    // Its content does: a lock and a shard have its digest, and it may be moved.
    decides: false,
  },
  hostManifest: {
    flag: { name: "host-manifest", value: "FILE", group: "host" },
    variable: "PLUGINS_HOST_MANIFEST",
    form: "paths",
    default: undefined,
    help: "The host's manifest as a JSON file, if its binary is not available.",
    variableHelp: "Host manifest file if neither --host nor --host-manifest is given.",
    excludes: "host",
    // As the host: a lock and a shard have its digest.
    decides: false,
  },
  arch: {
    flag: { name: "arch", value: "ARCH", group: "host" },
    variable: "PLUGINS_ARCH",
    form: "text",
    default: undefined,
    examples: ["x86_64", "aarch64"],
    help: "Check only this architecture's slices of universal files.",
    decides: true,
  },
  sysroot: {
    flag: { name: "sysroot", value: "DIR", group: "host" },
    variable: "PLUGINS_SYSROOT",
    form: "path",
    default: undefined,
    help: "Root folder of the system that the host runs on, such as an unpacked container image.",
    // Whether one is given: its path differs from machine to machine.
    decides: true,
  },
  targetGlibc: {
    flag: { name: "target-glibc", value: "VERSION", group: "host" },
    variable: "PLUGINS_TARGET_GLIBC",
    form: "text",
    default: undefined,
    pattern: "^[0-9]+[.][0-9]+$",
    examples: ["2.31"],
    help: "glibc version of the system that the host runs on.",
    decides: true,
  },
  targetCpu: {
    flag: { name: "target-cpu", value: "LEVEL", group: "host" },
    variable: "PLUGINS_TARGET_CPU",
    form: "text",
    default: undefined,
    pattern: "^x86-64(-v[234])?$",
    examples: ["x86-64-v3"],
    help: "Processor of the system that the host runs on, as a level of x86-64.",
    decides: true,
  },
  targetMacos: {
    flag: { name: "target-macos", value: "RELEASE", group: "host" },
    variable: "PLUGINS_TARGET_MACOS",
    form: "text",
    default: undefined,
    pattern: "^[1-9][0-9]{0,3}([.][0-9]{1,3}){0,2}$",
    examples: ["15", "26.4"],
    help: "Release of macOS that the host runs on.",
    decides: true,
  },
  archiveFolders: {
    flag: { name: "plugins", value: "DIR", group: "archive" },
    variable: "PLUGINS_ARCHIVE_DIR",
    form: "texts",
    default: undefined,
    help: "Where the plugins are in an archive or image. Default: /plugins.",
    page: "images.md",
    // As the folders.
    decides: false,
  },
  platform: {
    flag: { name: "platform", value: "OS/ARCH", group: "archive" },
    variable: "PLUGINS_PLATFORM",
    form: "text",
    default: undefined,
    examples: ["linux/arm64"],
    help: "Which image of a multi-platform archive. Default: this machine's platform, or the only one.",
    page: "images.md",
    // The content of what is checked follows from it.
    decides: false,
  },
  image: {
    flag: { name: "image", value: "NAME", group: "archive" },
    variable: "PLUGINS_IMAGE",
    form: "text",
    default: undefined,
    examples: ["registry/otelcol:1.2"],
    help: "Which image of an archive that has several.",
    page: "images.md",
    // As the platform.
    decides: false,
  },
  sections: {
    flag: { name: "section", value: "NAME", group: "manifest" },
    variable: "PLUGINS_SECTION",
    form: "texts",
    default: undefined,
    help: "Section that carries the manifest, instead of the default ones.",
    page: "carriers.md",
    decides: true,
  },
  symbols: {
    flag: { name: "symbol", value: "NAME", group: "manifest" },
    variable: "PLUGINS_SYMBOL",
    form: "texts",
    default: undefined,
    help: "Symbol or Go variable that carries the manifest, instead of the default ones.",
    page: "carriers.md",
    decides: true,
  },
  expect: {
    flag: { name: "expect", value: "NAME", commas: true },
    variable: "PLUGINS_EXPECT",
    form: "texts",
    default: [],
    help: "Plugin that must be present, by its file name or the name in its manifest.",
    decides: true,
  },
  allowUnknown: {
    flag: { name: "allow-unknown", group: "gate" },
    variable: "PLUGINS_ALLOW_UNKNOWN",
    form: "yes-or-no",
    default: false,
    help: "Do not fail on plugins whose compatibility is unknown.",
    page: "policy.md",
    decides: true,
  },
  failOn: {
    flag: { name: "fail-on", value: "LEVEL", group: "gate" },
    variable: "PLUGINS_FAIL_ON",
    ...oneOf(failLevels, "error"),
    help: "Lowest severity that fails the check.",
    page: "policy.md",
    decides: true,
  },
  maxWarnings: {
    flag: { name: "max-warnings", value: "N", group: "gate" },
    variable: "PLUGINS_MAX_WARNINGS",
    form: "count",
    default: undefined,
    help: "Fail if there are more than N warnings.",
    page: "policy.md",
    decides: true,
  },
  policy: {
    flag: { name: "policy", value: "POLICY", group: "gate" },
    variable: "PLUGINS_POLICY",
    ...oneOf(policyNames, defaultPolicyName),
    help: "What counts as an error. proof: what does not match, unless equal package hashes show that the plugin loads. strict: everything that does not match, and what is unknown does not pass. loader: only what the loader itself rejects.",
    page: "policy.md",
    decides: true,
  },
  severities: {
    flag: { name: "severity", value: "RULE=LEVEL", group: "gate", commas: true },
    form: "severities",
    default: {},
    help: "The severity of single rules: error, warning, note or off.",
    page: "policy.md",
    decides: true,
  },
  suppressions: {
    form: "suppressions",
    default: [],
    help: "Known findings that do not fail the check, each with a reason.",
    page: "policy.md",
    decides: true,
  },
  requireManifest: {
    flag: { name: "require-manifest", group: "gate" },
    variable: "PLUGINS_REQUIRE_MANIFEST",
    form: "yes-or-no",
    default: false,
    help: "Fail on files without a manifest, even if their binaries prove how they were built.",
    page: "policy.md",
    decides: true,
  },
  locked: {
    flag: { name: "locked", group: "lock" },
    variable: "PLUGINS_LOCKED",
    form: "yes-or-no",
    default: false,
    help: "Fail if plugins, host or policy differ from the lock file.",
    page: "lock.md",
    // It asks for the comparison, and a lock does not cover itself. `merge` compares it between shards.
    decides: false,
  },
  lockFile: {
    flag: { name: "lock-file", value: "FILE", group: "lock" },
    variable: "PLUGINS_LOCK_FILE",
    form: "path",
    default: undefined,
    help: "Lock file. Default: plugins.lock.json next to the configuration file, or in the working folder without one.",
    page: "lock.md",
    // A place.
    decides: false,
  },
} as const satisfies Readonly<Record<string, Setting>>;

type Table = typeof settingTable;

export type SettingName = keyof Table;

/** In the order of the table. */
export const settingNames = Object.keys(settingTable) as readonly SettingName[];

/** The same row, with the fields that other rows have. */
export function settingOf(name: SettingName): Setting {
  return settingTable[name];
}

/** The name by which people give it: `--host`, `DIR`; the key if only a configuration file can give it. */
export function spelled(name: SettingName): string {
  const { flag, argument } = settingOf(name);
  return flag === undefined ? (argument ?? name) : `--${flag.name}`;
}
