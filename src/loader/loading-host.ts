import type { AnyObject } from "../object/any-object.ts";
import { dirname } from "node:path";
import { realPathOf, type Files } from "../files/files.ts";
import { isGoFile } from "../evidence/go/evidence.ts";
import { readGoBuildInfo } from "../evidence/go/build-info.ts";
import { FormatError } from "../object/format-error.ts";
import { readDlopenHost, type DlopenHost } from "./elf/host.ts";
import { isaLevelsNamed } from "./elf/isa-level.ts";
import { parseRelease } from "./elf/libc-release.ts";
import type { Target } from "./dlopen/predict.ts";
import { openSystem } from "./elf/system.ts";
import { readDyldHost, type DyldHost } from "./dyld/host.ts";
import { parseMacosRelease } from "./dyld/release.ts";
import { readGoHost, type GoHost } from "./go/host.ts";

/** What is known of the system that the host runs on. */
export interface TargetRequest {
  /** A folder with its files: an unpacked image. By default the running system, if that could start the host. */
  readonly sysroot?: string | undefined;
  /** Only its glibc release: "2.31". */
  readonly glibc?: string | undefined;
  /** Its processor: "x86-64-v3". */
  readonly cpu?: string | undefined;
  /** Its release of macOS, as exactly as it is known: "26", "15.4". */
  readonly macos?: string | undefined;
}

/** One slice of a host as the loaders see it, read once for all plugins. */
export interface LoadingHost {
  /** Where libraries are looked for. */
  readonly files: Files;
  readonly arch: string;
  /** undefined unless Go's linker is known to have made it. */
  readonly go: GoHost | undefined;
  readonly system: ElfHost | DyldSide | UnreadableHost;
}

export interface ElfHost {
  readonly kind: "dlopen";
  readonly host: DlopenHost;
  /** undefined if nothing is known about the target: then its requirements are listed. */
  readonly target: Target | undefined;
}

export interface DyldSide {
  readonly kind: "dyld";
  readonly host: DyldHost;
  readonly root: string | undefined;
}

/** What the system's loader depends on in the host could not be read. */
export interface UnreadableHost {
  readonly kind: "unknown";
  /** In one sentence. */
  readonly why: string;
}

/** @param path where the host is: $ORIGIN and @executable_path depend on it. */
export function readLoadingHost(
  files: Files,
  object: AnyObject,
  path: string,
  request: TargetRequest,
): LoadingHost {
  // First, since it reads the symbol tables, in which Go's symbols are looked up.
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
  request: TargetRequest,
): LoadingHost["system"] {
  const realPath = realPathOf(files, path) ?? path;
  try {
    switch (object.format) {
      case "macho": {
        const release = request.macos === undefined ? undefined : parseMacosRelease(request.macos);
        const host = { ...readDyldHost(object, realPath), release };
        return { kind: "dyld", host, root: request.sysroot };
      }
      case "elf": {
        const host = readDlopenHost(object, { realPath, origin: { path: dirname(realPath), here: true } });
        return { kind: "dlopen", host, target: targetOf(files, host, request) };
      }
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { kind: "unknown", why: `The host cannot be read: ${error.message}.` };
  }
}

/** The running system counts only if it could start the host. */
function targetOf(
  files: Files,
  host: DlopenHost,
  { sysroot, glibc, cpu }: TargetRequest,
): Target | undefined {
  const isaLevels = cpu === undefined ? undefined : isaLevelsNamed(cpu);
  const processor = isaLevels === undefined ? {} : { isaLevels };
  if (sysroot !== undefined) return openSystem({ files, root: sysroot, ...processor });
  const release = glibc === undefined ? undefined : parseRelease(glibc);
  if (release !== undefined) return { glibc: release, ...processor };
  const running = openSystem({ files, root: "/", ...processor });
  if (running.fits(host)) return running;
  return isaLevels === undefined ? undefined : processor;
}
