import { schemaVersion } from "./document.ts";
import type { Tool } from "./tool.ts";
import { exitCodes } from "../../check/model/exit-code.ts";

/** A setting in effect. */
export interface SettingRow {
  readonly name: string;
  /** null if it is not set and has no default. */
  readonly value: unknown;
  readonly origin: {
    readonly kind: "flag" | "environment" | "file" | "default";
    /** Of a flag or variable. */
    readonly name?: string;
    /** Of a file. */
    readonly path?: string;
    readonly line?: number;
  };
  /** The origin in one word: `--host`, `PLUGINS_HOST`, `plugins.config.yaml:3`, `default`. */
  readonly from: string;
}

export interface SettingList {
  /** The configuration file; null if there is none. */
  readonly file: string | null;
  readonly settings: readonly SettingRow[];
}

/** The JSON report of `plugins config`. */
export interface ConfigDocument {
  readonly schemaVersion: typeof schemaVersion;
  readonly tool: Tool;
  readonly command: "config";
  readonly file: string | null;
  readonly settings: readonly Omit<SettingRow, "from">[];
  readonly exitCode: 0;
}

export function configDocument({ file, settings }: SettingList, tool: Tool): ConfigDocument {
  const rows = settings.map(({ name, value, origin }) => ({ name, value, origin }));
  return { schemaVersion, tool, command: "config", file, settings: rows, exitCode: exitCodes.ok.code };
}
