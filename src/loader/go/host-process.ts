import type { LoaderCheck } from "../check.ts";

/** A program that opens plugins, as far as plugin.Open looks at what it did before. */
export interface HostProcess {
  /** What package plugin remembers of files, by real path (Go: src/plugin/plugin_dlopen.go, plugins). */
  readonly opened: ReadonlyMap<string, OpenedFile>;
  /** The list that firstmoduledata begins, without the host's own (Go: src/runtime/plugin.go). */
  readonly modules: readonly LoadedModule[];
  /** Where the dynamic loader looks up package hashes that the host has not, in order. Whatever dlopen mapped stays there. */
  readonly scope: readonly ScopeEntry[];
  /** A plugin of another release has cut the list's end off: nothing that is opened later gets into it. */
  readonly isListCut: boolean;
}

export type OpenedFile =
  | { readonly outcome: "loaded" }
  /** `text` is what a second try repeats. */
  | { readonly outcome: "failed"; readonly text: string; readonly check: LoaderCheck; readonly cause: string }
  /** Half open: whoever opens it again waits for ever. */
  | { readonly outcome: "stuck" }
  | { readonly outcome: "uncertain" };

export interface LoadedModule {
  /** As it was given to plugin.Open. */
  readonly name: string;
  /** Plugin path as it stands in moduledata. */
  readonly symbolPath: string;
  /** A refused one stays in the list, marked; an uncertain one is loaded, refused or not there. */
  readonly state: "loaded" | "refused" | "uncertain";
}

export interface ScopeEntry {
  readonly name: string;
  /** By import path, in hexadecimal. */
  readonly hashes: ReadonlyMap<string, string>;
  /** False where it is not known whether dlopen mapped the file. */
  readonly isCertain: boolean;
}

/** Before any plugin was opened. */
export const freshProcess: HostProcess = {
  opened: new Map(),
  modules: [],
  scope: [],
  isListCut: false,
};

/** The same after it opened one more file. */
export function afterOpening(
  process: HostProcess,
  realPath: string,
  opened: OpenedFile,
  mapped: { readonly module?: LoadedModule; readonly scope?: ScopeEntry; readonly cutsList?: boolean },
): HostProcess {
  const { module, scope, cutsList = false } = mapped;
  return {
    opened: new Map(process.opened).set(realPath, opened),
    modules: module === undefined ? process.modules : [...process.modules, module],
    scope: scope === undefined ? process.scope : [...process.scope, scope],
    isListCut: process.isListCut || cutsList,
  };
}
