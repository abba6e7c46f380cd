import { join } from "node:path";
import { openSystem } from "../../../src/loader/dlopen/system.ts";
import { toolchain } from "../../support/elf-toolchain.ts";
import { laterDebian } from "./debian.ts";
import type { Loader } from "./ground.ts";
import type { Flavour } from "./workbench.ts";

/** A loader to be asked, or why it cannot be. */
export interface Candidate {
  readonly name: string;
  readonly flavour: Flavour;
  readonly loader: Loader | undefined;
  /** For the test's name; empty where the loader is there. */
  readonly reason: string;
}

const gnu = toolchain("gcc", "readelf");
const musl = toolchain("musl-gcc", "readelf");

/** The system's own loaders, and those of Debian 13, which need nothing installed. */
export function loaders(): readonly Candidate[] {
  const later = laterDebian();
  return [
    { name: "glibc, installed", flavour: "glibc", loader: own("glibc", gnu.missing), reason: gnu.reason },
    laterOne("glibc 2.41", "glibc", later, gnu.reason, (root) => {
      const libraries = join(root, "usr/lib/x86_64-linux-gnu");
      const loader = join(libraries, "ld-linux-x86-64.so.2");
      return {
        command: [loader, "--library-path", libraries],
        system: openSystem({ root: "/", loader, libraryPath: [libraries] }),
      };
    }),
    { name: "musl, installed", flavour: "musl", loader: own("musl", musl.missing), reason: musl.reason },
    laterOne("musl 1.2.5", "musl", later, musl.reason, (root) => {
      const loader = join(root, "usr/lib/ld-musl-x86_64.so.1");
      return { command: [loader], system: openSystem({ root: "/", loader }) };
    }),
  ];
}

function own(name: string, missing: boolean): Loader | undefined {
  return missing ? undefined : { name, command: [], system: openSystem({ root: "/" }) };
}

function laterOne(
  name: string,
  flavour: Flavour,
  later: ReturnType<typeof laterDebian>,
  compiler: string,
  make: (root: string) => Omit<Loader, "name">,
): Candidate {
  if (compiler !== "") return { name, flavour, loader: undefined, reason: compiler };
  if ("missing" in later) return { name, flavour, loader: undefined, reason: `(skipped: ${later.missing})` };
  return { name, flavour, loader: { name, ...make(later.root) }, reason: "" };
}
