import type { AnyObject } from "../../object/any-object.ts";
import { dissect, type Anatomy } from "../../artifact/anatomy.ts";
import { readWith, type Artifact, type ArtifactSlice } from "../../artifact/artifact.ts";
import type { Files } from "../../files/files.ts";
import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { readGoBuildInfo, type GoBuildInfo } from "../../evidence/go/build-info.ts";
import { isGoFile } from "../../evidence/go/evidence.ts";
import type { GoPackageCheck } from "../../evidence/go/plugin-table.ts";
import type { GoRelease } from "../../evidence/go/release.ts";
import { readLinking, type Linking } from "../../evidence/system/linking.ts";
import { readRustEvidence } from "../../evidence/rust/evidence.ts";
import type { RegistryCrate } from "../../evidence/rust/registry-path.ts";
import { readGoHost } from "../../loader/go/host.ts";
import { readGoPlugin } from "../../loader/go/plugin.ts";
import type { CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import { UsageError } from "../model/usage-error.ts";

/** One of the two files that are compared. */
export interface DiffSide {
  readonly file: Artifact;
  /** In file order, one at least. */
  readonly slices: readonly DiffSlice[];
}

export interface DiffSlice {
  readonly slice: ArtifactSlice;
  readonly anatomy: Anatomy;
  readonly linking: Linking;
  /** What of Cargo's registry Rust code names. */
  readonly crates: Fact<readonly RegistryCrate[]>;
  /** undefined if Go's linker did not make it. */
  readonly go: GoSide | undefined;
}

/** What decides over the packages of a Go file, plugin or host. */
export interface GoSide {
  readonly buildInfo: Fact<GoBuildInfo>;
  readonly release: Fact<GoRelease>;
  /** A plugin's in the order in which plugin.Open compares them. */
  readonly packages: Fact<readonly GoPackageCheck[]>;
}

/** @throws UsageError if the file is not an object file or cannot be read. */
export function readDiffSide(files: Files, path: string, names: CarrierNames): DiffSide {
  const { file, extra = [] } = readWith(files, path, names, "by-kind", (slices) =>
    slices.map(({ object }) => ({
      anatomy: dissect(object),
      linking: readLinking(object),
      ...(isGo(object)
        ? { crates: noRust, go: object.kind === "executable" ? goHost(object) : goPlugin(object) }
        : { crates: readRustEvidence(object)?.crates ?? noRust, go: undefined }),
    })),
  );
  if (file.kind === "unreadable") throw new UsageError("file-unreadable", `${path}: ${file.reason}`);
  const slices = file.slices.flatMap((slice, at) => {
    const parts = extra[at];
    return parts === undefined ? [] : [{ slice, ...parts }];
  });
  return { file, slices };
}

const noRust = unknown("no sign of Rust code");

function isGo(object: AnyObject): boolean {
  const found = isGoFile(object, readGoBuildInfo(object));
  return found.known && found.value;
}

function goHost(object: AnyObject): GoSide {
  const { buildInfo, release, packageHashes } = readGoHost(object);
  return {
    buildInfo,
    release,
    packages: packageHashes.known
      ? known(
          [...packageHashes.value].map(([path, hash]) => ({ package: path, hash })),
          packageHashes.from,
        )
      : packageHashes,
  };
}

function goPlugin(object: AnyObject): GoSide {
  const { buildInfo, release, table } = readGoPlugin(object);
  return {
    buildInfo,
    release,
    packages: table.known ? known(table.value.checks, table.from) : table,
  };
}
