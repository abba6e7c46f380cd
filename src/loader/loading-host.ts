import type { AnyObject } from "../object/any-object.ts";
import { dirname } from "node:path";
import { realPathOf, type Files } from "../files/files.ts";
import { isGoFile } from "../evidence/go/evidence.ts";
import { readGoBuildInfo } from "../evidence/go/build-info.ts";
import { FormatError } from "../object/format-error.ts";
import { readDlopenHost, type DlopenHost } from "./elf/host.ts";
import { parseRelease } from "./elf/libc-release.ts";
import type { Target } from "./dlopen/predict.ts";
import { openSystem } from "./elf/system.ts";
import { readDyldHost, type DyldHost } from "./dyld/host.ts";
import { readGoHost, type GoHost } from "./go/host.ts";

/** What is known of the system that the host runs on. */
export interface TargetRequest {
  /** A folder with its files: an unpacked image. The running system where that could start the host, unless given. */
  readonly sysroot?: string | undefined;
  /** Its release of glibc alone: "2.31". */
  readonly glibc?: string | undefined;
}

/** One slice of a host as the loaders see it, read once for all plugins. */
export interface LoadingHost {
  /** Where libraries are looked for. */
  readonly files: Files;
  readonly arch: string;
  /** undefined where Go's linker did not make it, or is not known to have. */
  readonly go: GoHost | undefined;
  readonly system: ElfHost | DyldSide | Unjudged;
}

export interface ElfHost {
  readonly kind: "dlopen";
  readonly host: DlopenHost;
  /** undefined where nothing is known of the target: what it must offer is listed then. */
  readonly target: Target | undefined;
}

export interface DyldSide {
  readonly kind: "dyld";
  readonly host: DyldHost;
  readonly root: string | undefined;
}

/** What the system's loader needs to know of the host could not be read. */
export interface Unjudged {
  readonly kind: "unknown";
  readonly reason: string;
}

/** @param path where the host lies: $ORIGIN and @executable_path go by it. */
export function readLoadingHost(
  files: Files,
  object: AnyObject,
  path: string,
  request: TargetRequest,
): LoadingHost {
  // First, since it reads the tables of the symbols, in which Go's are looked up.
  const system = readSystem(files, object, path, request);
  const isGo = isGoFile(object, readGoBuildInfo(object));
  return {
    files,
    arch: object.arch,
    go: isGo.known && isGo.value ? readGoHost(object) : undefined,
    system,
  };
}

function readSystem(
  files: Files,
  object: AnyObject,
  path: string,
  { sysroot, glibc }: TargetRequest,
): LoadingHost["system"] {
  const realPath = realPathOf(files, path) ?? path;
  try {
    switch (object.format) {
      case "macho":
        return { kind: "dyld", host: readDyldHost(object, realPath), root: sysroot };
      case "elf": {
        const host = readDlopenHost(object, { realPath, origin: { path: dirname(realPath), here: true } });
        return { kind: "dlopen", host, target: targetOf(files, host, sysroot, glibc) };
      }
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { kind: "unknown", reason: `the host cannot be judged: ${error.message}` };
  }
}

/** The running system is a judge only where it could start the host. */
function targetOf(
  files: Files,
  host: DlopenHost,
  sysroot: string | undefined,
  glibc: string | undefined,
): Target | undefined {
  if (sysroot !== undefined) return openSystem({ files, root: sysroot });
  const release = glibc === undefined ? undefined : parseRelease(glibc);
  if (release !== undefined) return { glibc: release };
  const running = openSystem({ files, root: "/" });
  return running.fits(host) ? running : undefined;
}
