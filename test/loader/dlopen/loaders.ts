import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { disk } from "../../../src/files/disk.ts";
import { openSystem } from "../../../src/loader/elf/system.ts";
import { lackOf } from "../../support/need.ts";
import { earlierDebian, laterDebian, type OtherDebian } from "./debian.ts";
import type { Loader } from "./ground.ts";
import {
  arm64,
  arm64Emulator,
  arm64Sysroot,
  arm64System,
  lackForArm64,
  x86,
  type Machine,
} from "./machine.ts";
import type { Flavour, Linking } from "./workbench.ts";

/** A loader to be asked, or why it cannot be. */
export interface Candidate {
  readonly name: string;
  readonly flavour: Flavour;
  readonly machine: Machine;
  /** Of the hosts. */
  readonly linking: Linking;
  readonly loader: Loader | undefined;
  /** Why it cannot be asked; undefined where the loader is there. */
  readonly lack: string | undefined;
  /** Whether it may be missing with CI=true. */
  readonly optional: boolean;
}

const gnu = lackOf("gcc", "readelf");
const musl = lackOf("musl-gcc", "readelf");
const arm = lackForArm64("readelf");

/** Their files come from Debian's archive, which not every machine reaches. */
const fetched: readonly string[] = ["glibc 2.31", "glibc 2.41", "musl 1.2.5", "glibc 2.41 on arm64"];

/** The system's own loaders, those of Debian 11 and 13, which need nothing installed, and those of arm64, which qemu-user runs. */
export function loaders(): readonly Candidate[] {
  const earlier = earlierDebian();
  const later = laterDebian();
  const laterOnArm = laterDebian("arm64");
  return [
    candidate("glibc, installed", "glibc", x86, gnu, own),
    candidate("glibc 2.31", "glibc", builtFor(earlier), orLacking(gnu, earlier), () => {
      const libraries = join(rootOf(earlier), "lib/x86_64-linux-gnu");
      return instead([], libraries, "ld-2.31.so");
    }),
    candidate("glibc 2.41", "glibc", x86, orLacking(gnu, later), () => {
      const libraries = join(rootOf(later), "usr/lib/x86_64-linux-gnu");
      return instead([], libraries, "ld-linux-x86-64.so.2");
    }),
    candidate("musl, installed", "musl", x86, musl, own),
    candidate("musl 1.2.5", "musl", x86, orLacking(musl, later), () => {
      const loader = join(rootOf(later), "usr/lib/ld-musl-x86_64.so.1");
      return { command: [loader], system: openSystem({ files: disk, root: "/", loader }) };
    }),
    candidate("glibc on arm64", "glibc", arm64, arm, emulated),
    candidate("glibc 2.41 on arm64", "glibc", arm64, orLacking(arm, laterOnArm), () => {
      const libraries = join(rootOf(laterOnArm), "usr/lib/aarch64-linux-gnu");
      return instead(arm64Emulator, libraries, "ld-linux-aarch64.so.1");
    }),
    candidate("glibc, in static hosts", "glibc", x86, gnu, own, "static"),
  ];
}

function candidate(
  name: string,
  flavour: Flavour,
  machine: Machine,
  lack: string | undefined,
  make: () => Omit<Loader, "name">,
  linking: Linking = "dynamic",
): Candidate {
  const loader = lack === undefined ? { name, ...make() } : undefined;
  return { name, flavour, machine, linking, loader, lack, optional: fetched.includes(name) };
}

/** A program that is linked here asks for the C library that is here (__libc_start_main of GLIBC_2.34). */
function builtFor(debian: OtherDebian): Machine {
  if ("missing" in debian) return x86;
  const compiler = join(debian.root, "gcc");
  if (!existsSync(compiler)) writeFileSync(compiler, wrapper(debian.root), { mode: 0o755 });
  return { ...x86, id: "x86-64-older", compilers: { glibc: compiler } };
}

/** gcc looks beside itself before it looks in a sysroot. */
function wrapper(root: string): string {
  const libraries = join(root, "usr/lib/x86_64-linux-gnu");
  return `#!/bin/sh\nexec gcc --sysroot='${root}' -B'${libraries}' -L'${libraries}' "$@"\n`;
}

/** What a compiler and another Debian's files are needed for. */
function orLacking(compiler: string | undefined, other: OtherDebian): string | undefined {
  return compiler ?? ("missing" in other ? other.missing : undefined);
}

function rootOf(other: OtherDebian): string {
  if ("missing" in other) throw new Error(other.missing);
  return other.root;
}

function own(): Omit<Loader, "name"> {
  return { command: [], system: openSystem({ files: disk, root: "/" }) };
}

/** glibc's loader as a program of its own, with the libraries that lie beside it. */
function instead(emulator: readonly string[], libraries: string, name: string): Omit<Loader, "name"> {
  const loader = join(libraries, name);
  return {
    command: [...emulator, loader, "--library-path", libraries],
    system: openSystem({ files: disk, root: "/", loader, libraryPath: [libraries] }),
  };
}

/** By LD_LIBRARY_PATH the loader finds the libraries where they really lie: qemu shows them to it in /lib as well. */
function emulated(): Omit<Loader, "name"> {
  const libraries = join(arm64Sysroot, "lib");
  return {
    command: [...arm64System, "-E", `LD_LIBRARY_PATH=${libraries}`],
    system: openSystem({
      files: disk,
      root: "/",
      loader: join(libraries, "ld-linux-aarch64.so.1"),
      libraryPath: [libraries],
    }),
  };
}
