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
  "architecture/unnamed": {
    says: "The file is for a different architecture than the host's process.",
    causes: [
      "The plugin was built for the other architecture.",
      "The host runs under Rosetta, as x86_64 on a machine that is arm64.",
      "The host is arm64e (a program of the system), and loads only arm64e.",
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
  "missing-slice/unnamed": {
    says: "The universal file has no slice for the architecture of the host's process.",
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
  "platform/unnamed": {
    says: "The file is built for a different platform than the host's.",
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
  linkedit: {
    says: "The tables at the end of the file (segment __LINKEDIT) are not where dyld wants them. macOS 27 and later refuse a file built with SDK 27 or later whose string pool does not start at a multiple of 8; older releases load it.",
    causes: [
      "It was stripped by a tool that does not align the string pool: an older llvm-strip or llvm-objcopy, or rustc's strip option and Cargo's release profile, which use them.",
      "A linker left the string pool unaligned.",
      "A tool changed the file after it was linked.",
    ],
    next: [
      run("otool -l {plugin}"),
      advise(
        'Link it again without stripping it (strip = "none" in the Cargo profile), or strip it with a newer LLVM. Then sign it again.',
      ),
    ],
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
  "system-policy": {
    says: "Gatekeeper does not let the file be loaded. The signature can be intact: the file carries the mark of a download (com.apple.quarantine), and is not notarized or was not approved.",
    causes: [
      "The file was downloaded by a browser, chat or mail program, or unpacked from an archive that was: it is quarantined.",
      "It is signed ad hoc or by a developer whom the system does not know, and is not notarized.",
      "An administrator's policy (MDM) forbids it.",
    ],
    next: [
      run("xattr -l {plugin}"),
      run("xattr -d com.apple.quarantine {plugin}"),
      run("spctl --assess --type install --verbose=4 {plugin}"),
      advise("For other people's machines: sign it with a Developer ID and have it notarized."),
    ],
  },
  "signature-refused": {
    says: "The kernel does not accept the file's code signature in this process.",
    causes: [
      "The host has the hardened runtime or library validation, and the signature does not satisfy it.",
      "The file was changed after it was signed.",
    ],
    next: [
      run("codesign --verify --verbose=4 {plugin}"),
      run("codesign -dv --entitlements - {host}"),
      run(`log show --last 5m --predicate 'sender == "AppleMobileFileIntegrity"'`),
    ],
  },
  "signature-refused/told": {
    says: "The kernel does not accept the file's code signature in this process. Its reason: {reason}.",
    causes: [
      "The reason says it; nothing more is known about it here.",
      "The host has the hardened runtime or library validation, and the signature does not satisfy it.",
    ],
    next: [
      run("codesign --verify --verbose=4 {plugin}"),
      run("codesign -dv --entitlements - {host}"),
      run(`log show --last 5m --predicate 'sender == "AppleMobileFileIntegrity"'`),
    ],
  },
  "hardened-path": {
    says: "The host is hardened, and dyld then takes no relative path: neither in dlopen nor from @rpath or @loader_path.",
    causes: [
      "The host opens the plugin by a relative path.",
      "The plugin needs a library by @rpath, @loader_path or @executable_path, and the host is signed with the hardened runtime, or restricted.",
    ],
    next: [
      run("codesign -dv --entitlements - {host}"),
      run("otool -L {plugin}"),
      advise("Give the host the plugin's absolute path, and the plugin absolute install names."),
    ],
  },
  "dylib-version": {
    says: "The library {definer} is there, but older than the one that the plugin was linked against: its compatibility version is lower.",
    causes: ["A different build of the library is found than the one that the plugin was linked against."],
    next: [
      run("otool -L {plugin}"),
      run("otool -D {definer}"),
      advise("Install the newer library, or link against the older one."),
    ],
  },
  "newer-system": {
    says: "The file is built for {system}, which is newer than the macOS that runs.",
    causes: ["The plugin was built with a later deployment target than the system that it is loaded on."],
    next: [
      run("vtool -show-build {plugin}"),
      run("sw_vers -productVersion"),
      advise("Build with -mmacosx-version-min (MACOSX_DEPLOYMENT_TARGET) set to the oldest macOS."),
    ],
  },
  "unknown-reason": {
    says: "dyld gives its reason in words that this tool does not know: {reason}.",
    causes: ["The reason in the message says it; nothing more is known about it here."],
    next: [inspect, validate, advise("Look for the words of the reason, in quotation marks, on the web.")],
  },
  "library-validation/ad-hoc": {
    says: "The host only loads libraries that are signed by its own team (hardened runtime, library validation), and the plugin has no team: it is signed ad hoc or with a certificate of one's own.",
    causes: [
      "The plugin is signed ad hoc: by the linker, or by codesign --sign -.",
      "It is signed with a self-made certificate, which has no Team ID.",
    ],
    next: [
      run("codesign -dv {plugin}"),
      run("codesign -dv --entitlements - {host}"),
      advise(
        "Sign the plugin with the host's team, or give the host the entitlement com.apple.security.cs.disable-library-validation.",
      ),
    ],
  },
  "library-validation/platform": {
    says: "The host is a program of macOS itself, and loads only what belongs to the system.",
    causes: ["The host is Apple's (a platform binary), and cannot load anybody's plugin."],
    next: [
      run("codesign -dv {host}"),
      advise("Use a host of your own: one from Homebrew or the project, and not the system's."),
    ],
  },
  "library-validation/unknown": {
    says: "The kernel did not approve the file for a host with library validation, and gave no reason: {reason}.",
    causes: [
      "The host has the hardened runtime, and the plugin is not signed by its team.",
      "The file's signature is broken or missing.",
      "A sandbox or an administrator's policy forbids it.",
    ],
    next: [
      run("codesign --verify --verbose=4 {plugin}"),
      run("codesign -dv --entitlements - {host}"),
      run(`log show --last 5m --predicate 'sender == "AppleMobileFileIntegrity"'`),
    ],
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
    next: [run("nm -gU {host} | grep -F {symbol}"), run("plugins inspect {plugin} --symbols"), validate],
  },
  "missing-symbol/newer-system": {
    says: "{definer} does not define {symbol}: the file that needs it is built for {system}, which is newer than the macOS that runs.",
    causes: [
      "The plugin is built for {system}, and this macOS is older: its libraries do not have the symbol yet.",
      "A different version of the library that should define it is installed.",
    ],
    next: [
      run("vtool -show-build {plugin}"),
      run("sw_vers -productVersion"),
      advise(
        "Build with -mmacosx-version-min (MACOSX_DEPLOYMENT_TARGET) set to the oldest macOS, or update macOS.",
      ),
    ],
  },
  "missing-symbol/lookup": {
    says: "The plugin was loaded, but exports nothing called {symbol}: the host looked it up by name (dlsym).",
    causes: [
      "The plugin does not export it under that name: it is spelled differently, mangled (C++, Rust without #[no_mangle]) or hidden.",
      "The plugin was written for a different version of the host's plugin interface.",
    ],
    next: [run("plugins inspect {plugin} --symbols"), run("nm -gU {plugin} | grep -F {symbol}")],
  },
  "missing-dylib/newer-system": {
    says: "The plugin needs the library {library}, and dyld cannot find it. The file that needs it is built for {system}, which is newer than the macOS that runs.",
    causes: [
      "The plugin is built for {system}, and this macOS is older: it does not have the library yet.",
      "The library is not installed where the plugin looks for it.",
    ],
    next: [
      run("vtool -show-build {plugin}"),
      run("otool -L {plugin}"),
      advise("Build with -mmacosx-version-min (MACOSX_DEPLOYMENT_TARGET) set to the oldest macOS."),
    ],
  },
  "missing-dylib/refused": {
    says: "The plugin needs the library {library}. dyld found it at {place}, and did not take it.",
    causes: ["The library is there, but cannot be loaded: {reason}."],
    next: [run("otool -L {plugin}")],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
