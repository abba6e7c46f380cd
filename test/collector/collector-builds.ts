import { fileURLToPath } from "node:url";
import { buildModule, runGo, type ModuleBuild } from "./go-module.ts";

/** A plugin as it is built: what is left out is as the host has it. */
export interface PluginBuild {
  /** The Collector's own component that the plugin wraps. */
  readonly component: "debugexporter" | "otlpexporter" | "batchprocessor" | "memorylimiterprocessor";
  readonly release?: string;
  readonly flags?: readonly string[];
  readonly edits?: readonly string[];
  /** A package compiled as if its sources lay in another folder: nothing but its hash is another one. */
  readonly elsewhere?: string;
  readonly strip?: string;
}

/** What the host and, if nothing else is said, its plugins are built with. */
const hostRelease = "1.26.8";

const module = fileURLToPath(new URL("module", import.meta.url));

/** Builds the Collector that opens plugins, or finds it built. */
export function buildHost(): Promise<string> {
  return build({ module, package: "./host", release: hostRelease });
}

/** Builds a plugin, or finds it built. */
export async function buildPlugin(plugin: PluginBuild): Promise<string> {
  const { component, release = hostRelease, flags = [], elsewhere, ...rest } = plugin;
  const moved = elsewhere === undefined ? [] : [await folderFlag(elsewhere)];
  return build({
    module,
    package: `./${component}`,
    release,
    flags: ["-buildmode=plugin", ...flags, ...moved],
    ...rest,
  });
}

/** Rewrites the folder in the positions of one package, which are part of what its hash is of. */
async function folderFlag(name: string): Promise<string> {
  const folder = (await runGo(hostRelease, module, ["env", "GOMODCACHE"])).trim();
  return `-gcflags=${name}=-trimpath=${folder}=>/elsewhere`;
}

function build(one: ModuleBuild): Promise<string> {
  return buildModule("collector", one);
}
