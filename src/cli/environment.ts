/** What the environment can say; the help of every command lists it from here. */
export const environmentVariables = {
  PLUGINS_DIR: "Folder of plugins, where none is named; ./plugins without it.",
  PLUGINS_HOST: "Host binary, where neither --host nor --host-manifest is given.",
  PLUGINS_HOST_MANIFEST: "The host's manifest as a JSON file, likewise.",
  PLUGINS_RECURSIVE: "1 or 0, as --recursive.",
  PLUGINS_ARCH: "As --arch.",
  PLUGINS_SYSROOT: "As --sysroot.",
  PLUGINS_TARGET_GLIBC: "As --target-glibc.",
  PLUGINS_SECTION: "Names with commas between, as --section.",
  PLUGINS_SYMBOL: "Names with commas between, as --symbol.",
  PLUGINS_EXPECT: "Names with commas between, as --expect.",
  PLUGINS_ALLOW_UNKNOWN: "1 or 0, as --allow-unknown.",
  PLUGINS_FAIL_ON: "As --fail-on.",
  PLUGINS_MAX_WARNINGS: "As --max-warnings.",
  PLUGINS_POLICY: "As --policy.",
  PLUGINS_LOCKED: "1 or 0, as --locked.",
  PLUGINS_LOCK_FILE: "As --lock-file.",
  PLUGINS_CONFIG: "Configuration file, where --config is not given.",
  GITHUB_STEP_SUMMARY: "File that -o github adds a summary to; GitHub sets it.",
  NO_COLOR: "Any value switches colour off.",
  FORCE_COLOR: "0, 1, 2 or 3: levels of colour, also in a pipe. Goes before NO_COLOR.",
} as const;

export type EnvironmentVariable = keyof typeof environmentVariables;

/** The variable's value; undefined where it is not set or empty. */
export function fromEnvironment(name: EnvironmentVariable): string | undefined {
  const value = process.env[name];
  return value === undefined || value === "" ? undefined : value;
}
