import type { ConfigurationSource } from "../../check/model/configuration.ts";
import { workingFolder } from "../working-folder.ts";
import { warn } from "../terminal/warning.ts";
import { fromEnvironment } from "./environment.ts";
import { environmentLayer, misspelledVariables } from "./environment-settings.ts";
import { configPlace, refuseForeignOwner, shown } from "./place.ts";
import { flagLayer, type ParsedFlags } from "./setting-flags.ts";
import { inForce, type SettingsInForce } from "./settings.ts";

/** The flags that choose a configuration file. */
interface ConfigFlags {
  readonly config?: string | undefined;
  readonly "no-config"?: boolean | undefined;
}

export type LoadedSettings = SettingsInForce & {
  /** Path of the configuration file; undefined if there is none. */
  readonly configFile: string | undefined;
  /** How it was found; undefined if there is none. */
  readonly configFoundBy: ConfigurationSource | undefined;
};

/**
 * The effective settings: flags override environment variables, which override the configuration file.
 * @param folders the command's arguments, if they are folders.
 * @throws UsageError if the environment or the file has a value that is not allowed.
 */
export async function loadSettings(
  flags: ParsedFlags & ConfigFlags,
  folders?: readonly string[],
): Promise<LoadedSettings> {
  for (const warning of misspelledVariables(process.env)) warn(warning);
  const { path: configFile, foundBy: configFoundBy } = chosenFile(flags) ?? {};
  const layers = [flagLayer(flags, folders), environmentLayer()];
  if (layers[0]?.values.severities !== undefined) {
    const { checkRuleNames } = await import("./rule-names.ts");
    checkRuleNames(layers[0].values.severities);
  }
  if (configFile === undefined) return { ...inForce(layers), configFile, configFoundBy };
  // Without a configuration file, the YAML library is not loaded.
  const { fileLayer } = await import("./file.ts");
  return { ...inForce([...layers, fileLayer(configFile)]), configFile, configFoundBy };
}

function chosenFile(
  flags: ConfigFlags,
): { readonly path: string; readonly foundBy: ConfigurationSource } | undefined {
  if (flags["no-config"] === true) return undefined;
  if (flags.config !== undefined) return { path: flags.config, foundBy: "flag" };
  const named = fromEnvironment("PLUGINS_CONFIG");
  if (named !== undefined) return { path: named, foundBy: "environment" };
  const path = nearest();
  return path === undefined ? undefined : { path, foundBy: "search" };
}

function nearest(): string | undefined {
  const folder = workingFolder();
  const place = folder === undefined ? undefined : configPlace(folder);
  if (place === undefined) return undefined;
  refuseForeignOwner(place);
  return shown(place);
}
