import type { ByteSource } from "../../object/image.ts";

/** A file that is to be opened, or what keeps it from being read. */
export type PluginFile = ReadablePlugin | UnreadablePlugin;

export interface ReadablePlugin {
  readonly source: ByteSource;
  /** As it is given to dlopen: what messages name, and what $ORIGIN is derived from. */
  readonly path: string;
  /** Without links: a file is not loaded twice. */
  readonly realPath: string;
}

export interface UnreadablePlugin {
  readonly error: "missing" | "folder" | "no-permission";
  readonly path: string;
}
