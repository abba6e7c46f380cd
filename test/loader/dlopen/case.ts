import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import type { Machine } from "./machine.ts";
import type { Flavour, HostKind, Workbench } from "./workbench.ts";

/** A file to be opened, and what it is made of. */
export interface Case {
  readonly name: string;
  /** "plain" if left out. */
  readonly host?: HostKind;
  /** Only where this C library is: the other one cannot be told what becomes of it, or not from the file alone. */
  readonly only?: Flavour;
  /** Only of files for that machine, and why. */
  readonly belongsTo?: { readonly machine: Machine["name"]; readonly because: string };
  /** Loaders that do not know what is in it, so that they return a handle: then what becomes of the code is unknown. */
  readonly mayBeUnknown?: "everywhere" | "glibc 2.31";
  /** This C library looks in the working folder of the host's process, which the files do not tell. */
  readonly inWorkingFolder?: Flavour;
  /** It depends on the machine's processor what becomes of it. */
  readonly processor?: true;
  /** Makes the file; gives the path that dlopen is given. */
  readonly make: (bench: Workbench) => string;
}

/** What nearly every case begins with. */
export function plain(bench: Workbench): string {
  return bench.library(
    "plain.so",
    "static int counted = 3; int bare[2000]; int *where = &counted; int answer(void) { return *where + bare[7]; }",
  );
}

export function link(bench: Workbench, name: string, target: string): string {
  const path = bench.path(name);
  rmSync(path, { force: true });
  symlinkSync(target, path);
  return path;
}

export function folder(bench: Workbench, name: string): string {
  const path = bench.path(name);
  mkdirSync(path, { recursive: true });
  return path;
}
