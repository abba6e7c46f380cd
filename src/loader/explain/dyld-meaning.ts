import type { Meaning } from "./meaning.ts";
import { advise, inspect, rebuild, run, validate } from "./next-step.ts";

const sign = run("codesign --force --sign - {plugin}");
const damaged = "The file is damaged: an interrupted download, a full disk.";

/** The messages of macOS's loader and kernel. */
export const dyldMeanings = {
  "not-mach-o": {
    says: "The file is not a Mach-O file.",
    causes: [
      "It is an ELF file: built on or for Linux.",
      "It is not the file you intended: a text file, an archive, a Git LFS pointer.",
      damaged,
    ],
    next: [run("file {plugin}"), inspect, advise("Build the plugin on or for macOS.")],
  },
  architecture: {
    says: "The file is for {subject}, and the host runs as {needed}.",
    causes: [
      "The plugin was built for the other architecture.",
      "The host runs under Rosetta, as x86_64 on a machine that is arm64.",
    ],
    next: [
      run("lipo -archs {plugin}"),
      run("lipo -archs {host}"),
      advise("Build for the host's architecture, or for both and join them with lipo."),
    ],
  },
  "missing-slice": {
    says: "The universal file contains {subject}, but the host runs as {needed}: the slice for it is missing.",
    causes: [
      "The plugin was joined from different architectures than the host needs.",
      "The host runs under Rosetta, as x86_64 on a machine that is arm64.",
    ],
    next: [run("lipo -archs {plugin}"), advise("Add the missing slice: lipo -create.")],
  },
  "universal-header": {
    says: "The slice table of the universal file is corrupt.",
    causes: [damaged, "The file was assembled by hand or modified afterwards."],
    next: [inspect, run("lipo -detailed_info {plugin}"), rebuild],
  },
  platform: {
    says: "The file is built for {subject}, the host for {needed}.",
    causes: ["It was built with a different SDK: iOS, the simulator, Mac Catalyst."],
    next: [run("vtool -show-build {plugin}"), advise("Build with the macOS SDK.")],
  },
  "truncated-segment": {
    says: "The file ends before its segment {subject} does.",
    causes: [
      "The file is truncated: an interrupted copy or download.",
      "A tool that does not know Mach-O rewrote it (strip from another system).",
    ],
    next: [inspect, rebuild],
  },
  segment: {
    says: "A segment of the file has a layout that no linker would produce: it overlaps another one, or has an impossible size, place or permission.",
    causes: [damaged, "A tool corrupted the file."],
    next: [run("otool -l {plugin}"), rebuild],
  },
  "load-command": {
    says: "A load command is missing, malformed, duplicate, or unknown to this macOS.",
    causes: ["It was linked by a linker that is newer than the system, or not Apple's.", damaged],
    next: [run("otool -l {plugin}"), advise("Link for the system's version: -mmacosx-version-min.")],
  },
  "mach-o-file-type": {
    says: "The file is not a dynamic library or bundle.",
    causes: [
      "It is an executable or an object file: built without -buildmode=plugin (Go), cdylib (Rust) or -dynamiclib (C).",
    ],
    next: [inspect, advise("Build it as a plugin or dynamic library.")],
  },
  unsigned: {
    says: "The file has no code signature. Apple silicon loads nothing without one; at least an ad-hoc signature is required.",
    causes: [
      "It was linked by a linker that does not sign (cross-compilation).",
      "The signature was removed: by strip, install_name_tool or another tool that changed the file.",
    ],
    next: [run("codesign -dv {plugin}"), sign],
  },
  signature: {
    says: "The code signature does not match the file.",
    causes: [
      "The file was changed after it was signed: stripped, given another install name, patched.",
      "It was overwritten in place while the kernel still had the old signature cached; write a new file and rename it instead.",
      damaged,
    ],
    next: [run("codesign --verify --verbose=4 {plugin}"), sign],
  },
  "library-validation": {
    says: "The host only loads libraries that are signed by its own team (hardened runtime, library validation).",
    causes: ["The plugin is signed by a different team, or ad hoc, which the host does not allow."],
    next: [
      run("codesign -dv --entitlements - {host}"),
      advise(
        "Sign both with the same team, or give the host the entitlement com.apple.security.cs.disable-library-validation.",
      ),
    ],
  },
  "missing-dylib": {
    says: "The plugin needs the library {library}, and dyld cannot find it.",
    causes: [
      "The name is a path on the machine that built it (/Users/…, /opt/homebrew/…).",
      "It is @rpath/…, and no LC_RPATH of plugin or host points to it.",
      "The library is not installed, or has no slice for this architecture: the reason after the name says which.",
    ],
    next: [
      run("otool -L {plugin}"),
      run("otool -l {plugin} | grep -A2 LC_RPATH"),
      advise(
        "Correct the name with install_name_tool -change, add an -rpath, or link the library statically; then sign again.",
      ),
    ],
  },
  "missing-symbol": {
    says: "Nothing that is loaded defines {symbol}.",
    causes: [
      "The host should export it, but is a different version or does not export it (-Wl,-export_dynamic).",
      "A different version of the library that should define it is installed.",
      "macOS is older than the one the plugin was built for.",
    ],
    next: [run("nm -gU {host} | grep {symbol}"), run("plugins inspect {plugin} --symbols"), validate],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
