import type { LoaderCheck } from "../check.ts";

/** Whose words they are: the Go runtime's and package plugin's, or those of a system's dynamic loader. */
export type MessageLoader = "go" | "glibc" | "musl" | "dyld";

/** What loaders complain about beside what is predicted: it is not in the files, or comes after they are loaded. */
export type UnpredictedCheck =
  /** package plugin: the host asked for a symbol that the plugin does not export. */
  | "missing-lookup"
  /** Go's runtime: the plugin lies where another module lies. */
  | "module-overlap"
  /** Go's runtime: the plugin's function table is damaged, or another release's. */
  | "symbol-table"
  /** The process died by SIGSEGV while it loaded. */
  | "segmentation-fault";

export type MessageCheck = LoaderCheck | UnpredictedCheck;

export type SubjectKind =
  | "package"
  | "library"
  | "symbol"
  | "version"
  | "plugin-path"
  | "class"
  | "architecture"
  | "platform"
  | "segment"
  | "load-command"
  | "relocation-type";

/** What a loader said, taken out of the text that a person or a log put around it. */
export interface LoaderMessage {
  readonly loader: MessageLoader;
  readonly check: MessageCheck;
  /** Whether the host is given an error, or its process ends. */
  readonly outcome: "refused" | "crash";
  /** The loader's own words, in one line. */
  readonly text: string;
  /** The plugin, as the host or the loader names it. package plugin leaves out `.so` in most of its texts. */
  readonly path?: string;
  readonly subject?: { readonly kind: SubjectKind; readonly name: string };
  /** Of a symbol: the version it is asked for in. */
  readonly version?: string;
  /** Of a symbol or version: the library, or plugin, that should define it. */
  readonly definer?: string;
  /** Of an architecture or platform that does not fit: what the host needs. */
  readonly needed?: string;
  /** The loader's own reason: "Invalid argument". */
  readonly reason?: string;
  /** package plugin remembers a failure, and only repeats it when the file is opened again. */
  readonly previousFailure: boolean;
}
