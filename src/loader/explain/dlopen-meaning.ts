import { anyPluginSetting } from "../../language/languages.ts";
import type { Meaning } from "./meaning.ts";
import { advise, inspect, rebuild, run, validate } from "./next-step.ts";

const noObject =
  "It is not the file you intended: a text file, an HTML error page, a Git LFS pointer, a linker script, an archive.";
const forOther = "It was built for a different machine or system than the host's.";
const damaged = "The file is damaged: an interrupted download, a copy in text mode, a full disk.";
const rewritten = "A tool corrupted it (patchelf, objcopy, a packer).";
const forHost = advise("Build the plugin for the host's machine and system.");

/** The messages of the loaders of glibc and musl. */
export const dlopenMeanings = {
  "missing-file": {
    says: "The loader finds no file of that name. glibc reports a file for a different machine as missing, too.",
    causes: [
      "The path is wrong, or relative to a different working directory than the host's.",
      "The plugin is not in the image or on the volume that the host sees.",
      forOther,
    ],
    next: [run("ls -l {plugin}"), inspect, validate],
  },
  "not-a-file": {
    says: "The path is a folder, not a file.",
    causes: ["The host was given the folder of the plugins instead of a plugin."],
    next: [run("ls -l {plugin}"), run("plugins list {plugin}")],
  },
  "too-short": {
    says: "The file is shorter than an ELF header, 64 bytes.",
    causes: ["The file is empty: a failed build or copy left it behind.", damaged],
    next: [run("ls -l {plugin}"), rebuild],
  },
  magic: {
    says: "The file is not an ELF file: the magic number is missing.",
    causes: [
      "It is a Mach-O file: built on or for macOS.",
      noObject,
      "On a glibc system, a plugin that was built for musl needs libc.so, which is a linker script there: the message then names that file.",
      damaged,
    ],
    next: [run("file {plugin}"), inspect, forHost],
  },
  class: {
    says: "The file is {subject}, and the host is of the other class: one is 32-bit, one 64-bit.",
    causes: [forOther],
    next: [inspect, validate, forHost],
  },
  "byte-order": {
    says: "The file's byte order is not the host's.",
    causes: [forOther, damaged],
    next: [inspect, validate, forHost],
  },
  "header-version": {
    says: "The ELF header names a version of the format that does not exist.",
    causes: [damaged, rewritten],
    next: [inspect, rebuild],
  },
  "os-abi": {
    says: "The ELF header names a different system's ABI (EI_OSABI): neither System V nor GNU/Linux.",
    causes: ["It was built for a different system, for example FreeBSD.", damaged],
    next: [run("readelf -h {plugin}"), forHost],
  },
  "abi-version": {
    says: "The ELF header asks for a later version of the ABI than this loader supports (EI_ABIVERSION).",
    causes: ["It was linked on a newer system than the host's.", damaged],
    next: [run("readelf -h {plugin}"), advise("Link the plugin on a system as old as the host's.")],
  },
  "header-padding": {
    says: "Bytes of the ELF header that must be zero are not (the end of e_ident).",
    causes: [damaged, rewritten],
    next: [run("readelf -h {plugin}"), rebuild],
  },
  machine: {
    says: "The file exists, but is built for a different machine. glibc skips such a file and then reports it as missing; the message is misleading.",
    causes: [
      "The plugin was built for a different architecture: arm64 instead of amd64, or the other way around.",
      "A library next to it is missing; the message then names that library.",
    ],
    next: [inspect, validate, forHost],
  },
  "file-type": {
    says: "The file is not a shared library, but an object file or a core dump.",
    causes: ["The build stopped before linking, or an intermediate file was copied (.o, .a)."],
    next: [inspect, advise(`Build with ${anyPluginSetting}.`)],
  },
  executable: {
    says: "The file is an executable, not a library: one executable cannot be loaded into another.",
    causes: [
      'It was built without -buildmode=plugin (Go), crate-type = ["cdylib"] (Rust) or -shared (C).',
      "The host's own binary was passed as a plugin.",
    ],
    next: [
      inspect,
      run("go build -buildmode=plugin -trimpath -o {plugin} ."),
      run("cargo build --release --lib"),
    ],
  },
  "program-headers": {
    says: "The file ends before its program headers, or these do not have the size that the format requires.",
    causes: [damaged, rewritten],
    next: [run("readelf -l {plugin}"), rebuild],
  },
  "no-segments": {
    says: "The file contains nothing to load.",
    causes: ["It contains only debug information (objcopy --only-keep-debug).", damaged],
    next: [run("readelf -l {plugin}"), rebuild],
  },
  "no-dynamic-section": {
    says: "The file has no dynamic section, so it is not a shared library.",
    causes: [
      "It was linked statically, or is an executable or object file.",
      "It contains only debug information (objcopy --only-keep-debug).",
      damaged,
    ],
    next: [inspect, rebuild],
  },
  "page-alignment": {
    says: "A segment does not begin on a memory page: the host's pages are larger than those the plugin was linked for.",
    causes: [
      "It was linked for pages of 4 KiB, and the host's kernel has 16 or 64 KiB (arm64, ppc64le).",
      rewritten,
    ],
    next: [
      run("getconf PAGESIZE"),
      run("readelf -lW {plugin}"),
      advise("Link with -Wl,-z,max-page-size=65536."),
    ],
  },
  truncated: {
    says: "The host's process died because a mapped part of the file does not exist. Loaders do not check that; the kernel kills the process when it touches that part.",
    causes: [
      "The file is truncated: an interrupted copy or download, a full disk.",
      "The file was overwritten in place while a host had it loaded; write a new file and rename it instead.",
    ],
    next: [inspect, validate, rebuild],
  },
  "missing-library": {
    says: "The plugin needs the library {library}, and the loader cannot find it. The message names the library, not the plugin.",
    causes: [
      "The library is not installed where the host runs (a slim image).",
      "It exists, but is built for a different machine: glibc then reports the same.",
      "It is outside the loader's search path: set RPATH to $ORIGIN when linking, or LD_LIBRARY_PATH.",
      "The plugin was built for a different C library: libc.musl-x86_64.so.1 is Alpine's, libc.so.6 is glibc.",
    ],
    next: [
      inspect,
      run("readelf -d {plugin} | grep -E 'NEEDED|RPATH|RUNPATH'"),
      run("ldconfig -p | grep -F {library}"),
      advise("Install the library, or link it statically into the plugin."),
    ],
  },
  "symbol-version": {
    says: "The plugin was linked against a newer library than the host's system has: {version} is required from {definer}.",
    causes: [
      "The plugin was built on a newer distribution than the host runs on.",
      "The host runs in an older image than its plugins were built for.",
    ],
    next: [
      run("ldd --version"),
      run("readelf -V {plugin} | grep GLIBC"),
      advise("Build the plugin on the oldest system that it must run on, for example in the host's image."),
    ],
  },
  "symbol-version/table": {
    says: "The plugin's table of needed symbol versions has a revision that glibc does not support.",
    causes: [damaged, rewritten],
    next: [run("readelf -V {plugin}"), rebuild],
  },
  "undefined-symbol": {
    says: "Nothing that is loaded defines {symbol}.",
    causes: [
      "The host should export it, but is a different version or was not linked with -rdynamic (--export-dynamic).",
      "The plugin was not linked against the library that defines it.",
      "A different version of the library is installed.",
      "The host itself looked it up by name (dlsym), and the plugin does not export it under that name.",
    ],
    next: [
      run("plugins inspect {plugin} --symbols"),
      run("nm -D --defined-only {host} | grep -F {symbol}"),
      validate,
    ],
  },
  "static-tls": {
    says: "The plugin's thread-local storage does not fit into the remaining static TLS space, which is reserved at process start.",
    causes: [
      "A library in it was compiled for the initial-exec TLS model (-ftls-model=initial-exec; some allocators are).",
      "Other plugins have already used it up.",
    ],
    next: [
      run("readelf -d {plugin} | grep STATIC_TLS"),
      run("GLIBC_TUNABLES=glibc.rtld.optional_static_tls=4096 {host}"),
      advise("Compile with -ftls-model=global-dynamic, or link the library into the host."),
    ],
  },
  "executable-stack": {
    says: "The plugin asks for an executable stack, which glibc 2.41 and later no longer grant to libraries.",
    causes: [
      "An assembler file in it has no .note.GNU-stack section.",
      "It uses nested functions of GNU C, or was linked with -z execstack.",
      "A tool (BOLT, a packer) dropped the PT_GNU_STACK header.",
    ],
    next: [
      run("readelf -lW {plugin} | grep -A1 GNU_STACK"),
      advise("Link with -Wl,-z,noexecstack, and mark assembler files with .section .note.GNU-stack."),
      run("GLIBC_TUNABLES=glibc.rtld.execstack=2 {host}"),
    ],
  },
  sanitizer: {
    says: "AddressSanitizer ended the host's process.",
    causes: [
      "Only the plugin was built with it, but it must be there when a process starts.",
      "Host and plugin were both built with it, and define the same C variable: each Go plugin has those of runtime/cgo.",
    ],
    next: [
      advise("Build host and plugins without AddressSanitizer."),
      run("ASAN_OPTIONS=detect_odr_violation=0:verify_asan_link_order=0 {host}"),
    ],
  },
  "no-dlopen": {
    says: "The plugin was linked with a flag that forbids loading it at run time (DF_1_NOOPEN).",
    causes: ["-Wl,-z,nodlopen was given to the linker."],
    next: [run("readelf -d {plugin} | grep FLAGS_1"), advise("Link without -z nodlopen.")],
  },
  "isa-level": {
    says: "The plugin needs a newer processor than this one (x86-64-v2, v3 or v4).",
    causes: ["It was compiled with -march=x86-64-v3 or higher; some distributions do so by default."],
    next: [
      run("readelf -n {plugin}"),
      advise("Compile with -march=x86-64, or run the host on a newer processor."),
    ],
  },
  "relr-without-marker": {
    says: "The plugin has packed relocations (DT_RELR), but does not declare that it needs a glibc that supports them.",
    causes: ["It was linked with -z pack-relative-relocs by a linker that omits the marker.", rewritten],
    next: [
      run("readelf -V {plugin} | grep RELR"),
      advise("Link without -z pack-relative-relocs, or with a newer linker."),
    ],
  },
  "relr-unsupported": {
    says: "The host's process died: the plugin has packed relocations (DT_RELR), which musl supports only since 1.2.4. Older versions ignore them and jump to invalid addresses.",
    causes: ["It was linked with -z pack-relative-relocs, for a newer musl than the host's."],
    next: [
      run("readelf -d {plugin} | grep RELR"),
      advise("Link without -z pack-relative-relocs, or upgrade musl."),
    ],
  },
  "relocation-type": {
    says: "The plugin has a relocation, {subject}, that this loader does not support.",
    causes: ["It was linked by a newer linker than the host's system supports.", damaged, forOther],
    next: [run("readelf -rW {plugin}"), rebuild],
  },
  "relocation-type/table": {
    says: "The host's process died: the file keeps its relocations in a table (DT_REL) that glibc does not read on this machine.",
    causes: ["It was linked with -z rel (lld), or by a linker that is set up for another machine.", damaged],
    next: [run("readelf -dW {plugin} | grep PLTREL"), advise("Link the plugin again without -z rel.")],
  },
  "stray-address": {
    says: "The host's process died: the plugin makes the loader write to read-only memory or call something that is not code.",
    causes: [damaged, rewritten],
    next: [run("readelf -dlrW {plugin}"), rebuild],
  },
  "no-loader": {
    says: "The host has no dynamic loader: it is statically linked and can load nothing.",
    causes: ["The host was linked with -static (-extldflags=-static, musl's default for Rust)."],
    next: [run("readelf -lW {host} | grep INTERP"), advise("Link the host dynamically.")],
  },
  "no-permission": {
    says: "The file exists, but the host's user is not allowed to read it.",
    causes: [
      "The file's mode or owner does not let the host's user read it.",
      "A parent folder is not searchable (missing x permission).",
      "SELinux, AppArmor or a seccomp profile forbids it.",
    ],
    next: [
      run("namei -l {plugin}"),
      advise("Let the host's user read the file: mode 0644 is enough, it need not be executable."),
    ],
  },
  "segment-mapping": {
    says: "The system refuses to map the file as code. Nothing is wrong with the file itself.",
    causes: [
      "It is on a file system that is mounted noexec (/tmp, a volume).",
      "SELinux or AppArmor forbids it.",
      "The system ran out of memory.",
    ],
    next: [
      run("findmnt -T {plugin}"),
      advise("Move the plugin to a file system that is mounted without noexec."),
    ],
  },
  "memory-protection": {
    says: "The system does not let the loader change the protection of the plugin's memory, which it needs to apply relocations or to make data read-only afterwards.",
    causes: [
      "The host's pages are larger than those the plugin was linked for (16 or 64 KiB on arm64 and ppc64le).",
      "The plugin has relocations in its code (DT_TEXTREL), and SELinux forbids writing to code.",
      "The process has too many mappings (vm.max_map_count).",
    ],
    next: [
      run("getconf PAGESIZE"),
      run("readelf -dlW {plugin} | grep -E 'TEXTREL|RELRO'"),
      advise("Compile with -fPIC, and link with -Wl,-z,max-page-size=65536."),
    ],
  },
  "no-permission/sandbox": {
    says: "The file exists, but a sandbox does not let the host read or map it.",
    causes: [
      "The host runs in the App Sandbox or under a sandbox profile that does not include the file's folder.",
      "The host may not read that folder: Desktop, Documents and Downloads need the user's consent.",
    ],
    next: [
      run("codesign -dv --entitlements - {host}"),
      advise("Move the plugin into a folder that the host may read, or allow that folder."),
    ],
  },
  "lost-versions": {
    says: "The host's process died: a library no longer has the symbol versions that others were linked against.",
    causes: ["A library was replaced by a different build, or its version table was stripped."],
    next: [run("readelf -V {plugin}"), advise("Reinstall the library that the plugin was linked against.")],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
