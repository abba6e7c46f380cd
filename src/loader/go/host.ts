import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { readGoBuildInfo, type GoBuildInfo } from "../../evidence/go/build-info.ts";
import { readHostAbility, type GoHostAbility } from "../../evidence/go/host-ability.ts";
import { offersModuleList, readModuledataSize } from "../../evidence/go/moduledata.ts";
import { readPackageHashes } from "../../evidence/go/package-hash.ts";
import { readGoRelease, type GoRelease } from "../../evidence/go/release.ts";
import { guarded } from "../../evidence/guarded.ts";
import type { ObjectKind, ObjectFormat } from "../../object/object-file.ts";
import { readModuleLayout, type ModuleLayout } from "./module-layout.ts";

/** What plugin.Open depends on in the program that calls it. */
export interface GoHost {
  readonly format: ObjectFormat;
  readonly kind: Fact<ObjectKind>;
  readonly buildInfo: Fact<GoBuildInfo>;
  readonly release: Fact<GoRelease>;
  readonly ability: GoHostAbility;
  /** Whether a plugin can add its moduledata to the host's list. */
  readonly offersModuleList: Fact<boolean>;
  readonly layout: Fact<ModuleLayout>;
  /** By import path, in hexadecimal. */
  readonly packageHashes: Fact<ReadonlyMap<string, string>>;
}

/** What a program and a library are told apart by. */
const kindSources: Readonly<Record<ObjectFormat, string>> = {
  elf: "e_type and the dynamic section",
  macho: "filetype",
};

/**
 * Reads build info, the string table of the dynamic symbols and single symbols; never the whole file. If a program does not export
 * its package hashes, also its read-only data. What cannot be read makes facts unknown; nothing is thrown.
 */
export function readGoHost(object: AnyObject): GoHost {
  const buildInfo = readGoBuildInfo(object);
  const release = readGoRelease(object, buildInfo, () => unknown("a host has no table of package hashes"));
  return {
    format: object.format,
    kind: guarded(() => known(object.kind, kindSources[object.format])),
    buildInfo,
    release,
    ability: readHostAbility(object, buildInfo),
    offersModuleList: offersModuleList(object),
    layout: readModuleLayout(object, readModuledataSize(object), release, undefined),
    packageHashes: readPackageHashes(object),
  };
}
