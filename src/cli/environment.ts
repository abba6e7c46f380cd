/** What the environment can say; the help of every command lists it from here. */
export const environmentVariables = {
  PLUGINS_DIR: "Folder of plugins, where none is named; ./plugins without it.",
  PLUGINS_HOST: "Host binary, where neither --host nor --host-manifest is given.",
  PLUGINS_HOST_MANIFEST: "The host's manifest as a JSON file, likewise.",
  NO_COLOR: "Any value switches colour off.",
  FORCE_COLOR: "0, 1, 2 or 3: levels of colour, also in a pipe. Goes before NO_COLOR.",
} as const;

export type EnvironmentVariable = keyof typeof environmentVariables;

/** The variable's value; undefined where it is not set or empty. */
export function fromEnvironment(name: EnvironmentVariable): string | undefined {
  const value = process.env[name];
  return value === undefined || value === "" ? undefined : value;
}
