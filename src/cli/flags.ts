import { existsSync } from "node:fs";
import { Args, Flags } from "@oclif/core";
import { defaultCarrierNames, type CarrierNames } from "../manifest/carrier-names.ts";
import type { HostRequest } from "../operations/request.ts";
import { UsageError } from "../operations/usage-error.ts";
import { fromEnvironment } from "./environment.ts";

/**
 * Arguments are never read from stdin, as oclif would for one that is not given: it would empty the input of a
 * `while read` loop around the command.
 */
export const folderArgs = {
  dir: Args.string({
    description: "Folders of plugins; PLUGINS_DIR or ./plugins where none is named.",
    multiple: true,
    ignoreStdin: true,
  }),
};

export const filesArgs = {
  file: Args.string({ description: "Plugins to check.", required: true, multiple: true, ignoreStdin: true }),
};

export const fileArgs = {
  file: Args.string({ description: "The plugin, or a host.", required: true, ignoreStdin: true }),
};

/** Of every command. */
export const outputFlags = {
  json: Flags.boolean({ description: "Print the report as one JSON document.", helpGroup: "output" }),
  color: Flags.boolean({
    description: "Use colour, or not, whatever the terminal.",
    allowNo: true,
    helpGroup: "output",
  }),
};

export const nameFlags = {
  section: Flags.string({
    description: "Look for manifests in sections of this name instead.",
    helpValue: "NAME",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "manifest",
  }),
  symbol: Flags.string({
    description: "Look for manifests in symbols of this name instead; also as a Go variable's.",
    helpValue: "NAME",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "manifest",
  }),
};

export const recursiveFlag = {
  recursive: Flags.boolean({ char: "r", description: "Look in the folders below, too." }),
};

export const hostFlags = {
  host: Flags.string({ description: "The Collector binary that is to load the plugins.", helpValue: "FILE" }),
  "host-manifest": Flags.string({
    description: "The host's manifest as a JSON file, where its binary is not at hand.",
    helpValue: "FILE",
    exclusive: ["host"],
  }),
  arch: Flags.string({
    description: "Compare this architecture's slice of a universal host: x86_64, aarch64.",
    helpValue: "ARCH",
  }),
  "allow-unknown": Flags.boolean({ description: "Do not fail on plugins about which too little is known." }),
  quiet: Flags.boolean({ char: "q", description: "Show only what makes the check fail." }),
};

export const expectFlag = {
  expect: Flags.string({
    description: "A plugin that must be there: its file name, or the name in its manifest.",
    helpValue: "NAME",
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ",",
  }),
};

interface NameFlags {
  readonly section: readonly string[] | undefined;
  readonly symbol: readonly string[] | undefined;
}

/** A symbol's name stands for a Go variable too, since that is one to the linker. */
export function carrierNames({ section, symbol }: NameFlags): CarrierNames {
  return {
    sections: section ?? defaultCarrierNames.sections,
    symbols: symbol ?? defaultCarrierNames.symbols,
    goVariables: symbol ?? defaultCarrierNames.goVariables,
  };
}

const usualFolder = "plugins";

/**
 * The folders that are named, else the one from the environment, else ./plugins.
 * @throws UsageError where there is not even that.
 */
export function foldersOf(named: readonly string[] | undefined): readonly string[] {
  if (named !== undefined) return named;
  const configured = fromEnvironment("PLUGINS_DIR");
  if (configured !== undefined) return [configured];
  if (existsSync(usualFolder)) return [usualFolder];
  throw new UsageError("folder-not-found", `no folder is named, and there is no folder ${usualFolder} here`, [
    "Name the folder of the plugins, or set PLUGINS_DIR.",
  ]);
}

/** @throws UsageError where none is given. */
export function hostOf(flags: {
  readonly host: string | undefined;
  readonly "host-manifest": string | undefined;
}): HostRequest {
  if (flags.host !== undefined) return { kind: "binary", path: flags.host };
  if (flags["host-manifest"] !== undefined) return { kind: "manifest", path: flags["host-manifest"] };
  const binary = fromEnvironment("PLUGINS_HOST");
  if (binary !== undefined) return { kind: "binary", path: binary };
  const manifest = fromEnvironment("PLUGINS_HOST_MANIFEST");
  if (manifest !== undefined) return { kind: "manifest", path: manifest };
  throw new UsageError("host-missing", "no host is given to compare with", [
    "Give the Collector binary with --host FILE, or its manifest with --host-manifest FILE.",
    "PLUGINS_HOST and PLUGINS_HOST_MANIFEST do the same.",
  ]);
}
