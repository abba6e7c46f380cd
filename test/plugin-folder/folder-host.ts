import type { ModuleBuild } from "../collector/go-module.ts";
import type { OtherVersion } from "../support/plugin-module.ts";

/** What a program says of a folder of plugins: of the first file in it that does not load, if there is one. */
export interface FolderAnswer {
  readonly outcome: "loads" | "refused" | "crash";
  /** What plugin.Open returned, or the runtime's last words. */
  readonly message?: string;
}

/** A released program that opens every plugin in a folder, or a program around a released loader. */
export interface FolderHost {
  /** A folder of the cache, too. */
  readonly name: string;
  readonly build: ModuleBuild;
  /** A folder with the sources of a plugin for it, and go.mod.template. */
  readonly plugin: string;
  /** What a file must be called so that the program opens it. */
  readonly fileName: (name: string) => string;
  /** Lets the program open a folder. @throws its own words if it ends in another way than by an answer. */
  readonly open: (program: string, folder: string) => FolderAnswer;
  /** What may be out of step, and the package that plugin.Open then names. */
  readonly skews: readonly (OtherVersion & { readonly refused: string })[];
}

/** The runtime's last words if it ended a program; undefined if it did not. */
export function crashIn(stderr: string): FolderAnswer | undefined {
  const message = /^(?:fatal error: .*|SIG[A-Z]+: .*)$/m.exec(stderr)?.[0];
  return message === undefined ? undefined : { outcome: "crash", message };
}
