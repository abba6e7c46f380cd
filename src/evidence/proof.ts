import type { ElfFile } from "../object/elf/file.ts";
import type { MachoFile } from "../object/macho/file.ts";
import { known, unknown, type Fact } from "./fact.ts";
import type { GoBuildInfo } from "./go-build-info.ts";
import { readGoEvidence } from "./go-evidence.ts";
import type { GoModule } from "./go-module-info.ts";
import { readRustEvidence } from "./rust-evidence.ts";

/** What the compilers' and linkers' own stamps say of the fields that a manifest claims. */
export interface Proof {
  readonly language: Fact<"go" | "rust">;
  /** Whether Go's linker made the file: known not to be where there are section headers and none of Go's sections. */
  readonly isGo: Fact<boolean>;
  /** `go1.26.8`, or `1.95.0 (59807616e 2026-04-14)`. */
  readonly toolchain: Fact<string>;
  /** Flags as Go's build info records them: `-trimpath=true`, `-tags=a,b`. */
  readonly flags: Fact<readonly string[]>;
  /** Modules with their sums, by path: of a Go file. A replaced module has the sum of what replaces it. */
  readonly modules: Fact<ReadonlyMap<string, ProvenModule>>;
}

export interface ProvenModule {
  readonly version: string;
  /** `h1:…` */
  readonly sum: string;
}

/** Only what costs little is looked for: Go's stamps, then rustc's. A Go file may hold Rust code, and stays a Go file. */
export function readProof(object: ElfFile | MachoFile, buildInfo: Fact<GoBuildInfo>): Proof {
  const go = readGoEvidence(object, buildInfo);
  if (go !== undefined) {
    const release = go.release();
    return {
      language: known("go", go.witness),
      isGo: known(true, go.witness),
      toolchain: !release.known
        ? release
        : "exact" in release.value
          ? known(release.value.exact, release.from)
          : unknown(`between ${release.value.from} and ${release.value.to} by ${release.from}`),
      flags: ofInfo(buildInfo, ({ settings }) =>
        settings.filter(({ key }) => key.startsWith("-")).map(({ key, value }) => `${key}=${value}`),
      ),
      modules: ofInfo(buildInfo, ({ deps }) => modulesOf(deps)),
    };
  }
  const rust = readRustEvidence(object, "cheap");
  const why = "no stamp of Go's linker or of rustc was found";
  return {
    isGo:
      object.sections.length > 0
        ? known(false, "section headers, none of them Go's")
        : unknown("the file has no section headers"),
    language: rust === undefined ? unknown(why) : known("rust", rust.witnesses[0] ?? ""),
    toolchain: rust === undefined ? unknown(why) : rust.toolchain,
    flags: unknown("only Go records its flags"),
    modules: unknown("only Go records its modules' sums"),
  };
}

function ofInfo<T>(info: Fact<GoBuildInfo>, pick: (value: GoBuildInfo) => T): Fact<T> {
  return info.known ? known(pick(info.value), info.from) : info;
}

function modulesOf(deps: readonly GoModule[]): ReadonlyMap<string, ProvenModule> {
  return new Map(
    deps.flatMap(({ path, version, sum, replacedBy }): readonly (readonly [string, ProvenModule])[] => {
      const real = replacedBy ?? { version, sum };
      return real.sum === undefined || real.sum === ""
        ? []
        : [[path, { version: real.version, sum: real.sum }]];
    }),
  );
}
