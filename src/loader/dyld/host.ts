import { cpuTypes, platforms, signatureFlags } from "../../object/macho/constants.ts";
import { FormatError } from "../../object/format-error.ts";
import type { MachoFile } from "../../object/macho/file.ts";
import type { LinkedLibrary } from "../../object/macho/linked-library.ts";
import type { Architecture } from "./architecture.ts";
import { exportedNames } from "./export-names.ts";
import type { MacosRelease } from "./release.ts";
import { isSystemPath } from "./system-path.ts";

/** What the host's own signature makes the kernel ask of the libraries that it loads. */
export type HostSignature =
  | { readonly kind: "unsigned" }
  | { readonly kind: "unreadable"; readonly why: string }
  | {
      readonly kind: "signed";
      readonly teamId: string | undefined;
      readonly hardenedRuntime: boolean;
      /** Whether it takes libraries only of its own team and of Apple. */
      readonly libraryValidation: boolean;
      /** Whether the kernel kills it, by its own flags, when a page is found to be changed. */
      readonly killedByChangedPage: boolean;
    };

/** What dyld's answer hangs on in the process that loads: all that a host's executable says of it. */
export interface DyldHost extends Architecture {
  /** Where it is: what `@executable_path` stands for; undefined if that is not known. */
  readonly path: string | undefined;
  readonly uuid: string | undefined;
  /** PLATFORM_* of mach-o/loader.h. */
  readonly platform: number;
  /** The oldest release of it that the host runs on, "11.0"; undefined if the host does not say. */
  readonly minos: string | undefined;
  /** The release of macOS that it runs on; undefined if none was named. */
  readonly release?: MacosRelease | undefined;
  /** LC_RPATH, in order. */
  readonly rpaths: readonly string[];
  /** Symbols it exports, with the leading underscore. */
  readonly exports: ReadonlySet<string>;
  /** Symbols that it binds in libraries of the system itself: so these have them. */
  readonly systemSymbols: ReadonlySet<string>;
  /** In load order. */
  readonly libraries: readonly LinkedLibrary[];
  readonly signature: HostSignature;
}

/**
 * What the host's executable says of the process that it becomes.
 * @param object the executable, or the slice of it that runs.
 * @param path where it is on the machine that runs it; without it, `@executable_path` is unknown.
 * @throws FormatError when its symbols cannot be read.
 */
export function readDyldHost(object: MachoFile, path?: string): DyldHost {
  const libraries = object.linkedLibraries;
  const systemSymbols = new Set<string>();
  for (const { symbol, ordinal, weak } of object.imports) {
    const library = libraries[ordinal - 1];
    if (library !== undefined && !weak && isSystemPath(library.name)) systemSymbols.add(symbol);
  }
  return {
    cpuType: object.cpuType,
    cpuSubtype: object.cpuSubtype,
    path,
    uuid: object.uuid,
    // One that names no platform, as Go's linker once wrote it, runs on macOS (mach_o/UnsafeHeader.cpp).
    platform: object.buildVersion?.platform ?? platforms.macOS,
    minos: object.buildVersion?.minos,
    rpaths: object.rpaths,
    exports: exportedNames(object),
    systemSymbols,
    libraries,
    signature: signatureOf(object),
  };
}

/** Apple silicon: everything must be signed, and nothing changed runs. */
export function demandsSignatures({ cpuType }: Architecture): boolean {
  return cpuType === cpuTypes.arm64;
}

function signatureOf(object: MachoFile): HostSignature {
  try {
    const { signature } = object;
    if (signature === undefined) return { kind: "unsigned" };
    const { flags, teamId } = signature.directory;
    const { runtime, requireLibraryValidation, hard, kill, enforcement } = signatureFlags;
    const hardenedRuntime = (flags & runtime) !== 0;
    const isAsked = hardenedRuntime || (flags & requireLibraryValidation) !== 0;
    return {
      kind: "signed",
      teamId,
      hardenedRuntime,
      libraryValidation: isAsked && !isEntitled(signature.entitlements),
      killedByChangedPage: hardenedRuntime || (flags & (hard | kill | enforcement)) !== 0,
    };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { kind: "unreadable", why: error.message };
  }
}

/** The entitlement that hosts of plugins ask for (Apple, "Disable Library Validation Entitlement"). */
function isEntitled(entitlements: string | undefined): boolean {
  return /<key>com\.apple\.security\.cs\.disable-library-validation<\/key>\s*<true\s*\/>/.test(
    entitlements ?? "",
  );
}
