import type { Meaning } from "./meaning.ts";
import { advise, inspect, rebuild, run, validate } from "./next-step.ts";

const sign = run("codesign --force --sign - {plugin}");
const damaged = "The file is damaged: a download that broke off, a full disk.";

/** Of what macOS's loader and kernel say. */
export const dyldMeanings = {
  "not-mach-o": {
    says: "The file is no Mach-O file.",
    causes: [
      "It is an ELF file: built on or for Linux.",
      "It is something else than was meant: a text, an archive, a Git LFS pointer.",
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
      advise("Build for the host's architecture, or both and join them with lipo."),
    ],
  },
  "missing-slice": {
    says: "The universal file has {subject}, and the host runs as {needed}: its slice is missing.",
    causes: [
      "The plugin was joined from other architectures than the host needs.",
      "The host runs under Rosetta, as x86_64 on a machine that is arm64.",
    ],
    next: [run("lipo -archs {plugin}"), advise("Add the missing slice: lipo -create.")],
  },
  "universal-header": {
    says: "The table of slices of the universal file is in disorder.",
    causes: [damaged, "The file was put together by hand, or changed after it was."],
    next: [inspect, run("lipo -detailed_info {plugin}"), rebuild],
  },
  platform: {
    says: "The file is for {subject}, and the host for {needed}.",
    causes: ["It was built with another SDK: iOS, the simulator, Mac Catalyst."],
    next: [run("vtool -show-build {plugin}"), advise("Build with the macOS SDK.")],
  },
  "truncated-segment": {
    says: "The file ends before its segment {subject} does.",
    causes: [
      "The file is cut off: a copy or download that broke off.",
      "It was rewritten without its load commands (strip of another system).",
    ],
    next: [inspect, rebuild],
  },
  segment: {
    says: "A segment of the file is laid out as no linker does it: it overlaps another, or has an impossible size or place.",
    causes: [damaged, "The file was rewritten by a tool that left it in disorder."],
    next: [run("otool -l {plugin}"), rebuild],
  },
  "load-command": {
    says: "A load command is missing, or is one that this macOS does not know.",
    causes: ["It was linked by a linker that is newer than the system, or not Apple's.", damaged],
    next: [run("otool -l {plugin}"), advise("Link for the system's version: -mmacosx-version-min.")],
  },
  "mach-o-file-type": {
    says: "The file is no dynamic library or bundle.",
    causes: [
      "It is a program or an object file: built without -buildmode=plugin (Go), cdylib (Rust) or -dynamiclib (C).",
    ],
    next: [inspect, advise("Build it as a plugin or dynamic library.")],
  },
  unsigned: {
    says: "The file has no code signature. On Apple silicon nothing is loaded without one, be it an ad-hoc one.",
    causes: [
      "It was linked by a linker that does not sign (cross-compilation).",
      "The signature was removed: by strip, install_name_tool or another tool that changed the file.",
    ],
    next: [run("codesign -dv {plugin}"), sign],
  },
  signature: {
    says: "The code signature does not fit the file.",
    causes: [
      "The file was changed after it was signed: stripped, given another install name, patched.",
      "It was overwritten in place while the system had its signature in mind; write a new file and rename it instead.",
      damaged,
    ],
    next: [run("codesign --verify --verbose=4 {plugin}"), sign],
  },
  "library-validation": {
    says: "The host only loads libraries that its own team has signed (hardened runtime, library validation).",
    causes: ["The plugin is signed by another team, or ad hoc, and the host does not allow that."],
    next: [
      run("codesign -dv --entitlements - {host}"),
      advise(
        "Sign both by one team, or give the host the entitlement com.apple.security.cs.disable-library-validation.",
      ),
    ],
  },
  "missing-dylib": {
    says: "The plugin needs the library {library}, and dyld does not find it.",
    causes: [
      "The name is a path on the machine that built it (/Users/…, /opt/homebrew/…).",
      "It is @rpath/…, and no LC_RPATH of plugin or host leads to it.",
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
      "The host should offer it, and is another version or does not export it (-Wl,-export_dynamic).",
      "The library that should define it is there in another version.",
      "macOS is older than the one the plugin was built for.",
    ],
    next: [run("nm -gU {host} | grep {symbol}"), run("plugins inspect {plugin} --symbols"), validate],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
