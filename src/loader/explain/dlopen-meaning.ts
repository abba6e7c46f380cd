import type { Meaning } from "./meaning.ts";
import { advise, inspect, rebuild, run, validate } from "./next-step.ts";

const noObject =
  "It is something else than was meant: a text, a page of an error, a Git LFS pointer, a linker script, an archive.";
const forOther = "It was built for another machine or system than the host's.";
const damaged = "The file is damaged: a download that broke off, a copy through a text mode, a full disk.";
const rewritten = "It was rewritten by a tool that left the file in disorder (patchelf, objcopy, a packer).";
const forHost = advise("Build the plugin for the host's machine and system.");

/** Of what glibc's and musl's loaders say. */
export const dlopenMeanings = {
  "missing-file": {
    says: "The loader finds no file of that name. glibc says the same of a file that is there but was built for another machine.",
    causes: [
      "The path is wrong, or relative to another working directory than the host's.",
      "The plugin is not in the image or on the volume that the host sees.",
      forOther,
    ],
    next: [run("ls -l {plugin}"), inspect, validate],
  },
  "not-a-file": {
    says: "The name is that of a folder.",
    causes: ["The host was given the folder of the plugins instead of a plugin."],
    next: [run("ls -l {plugin}"), run("plugins list {plugin}")],
  },
  "too-short": {
    says: "The file is shorter than an ELF header, 64 bytes.",
    causes: ["The file is empty: a build or copy that failed left it behind.", damaged],
    next: [run("ls -l {plugin}"), rebuild],
  },
  magic: {
    says: "The file is no ELF file: it does not begin with the magic number.",
    causes: [
      "It is a Mach-O file: built on or for macOS.",
      noObject,
      "On a glibc system, a plugin that was built for musl needs libc.so, which there is a linker script: the message then names that file.",
      damaged,
    ],
    next: [run("file {plugin}"), inspect, forHost],
  },
  class: {
    says: "The file is {subject}, and the host is of the other class: one has 32 bits, one 64.",
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
    says: "The ELF header names another system's ABI (EI_OSABI): neither System V nor GNU/Linux.",
    causes: ["It was built for another system, FreeBSD for example.", damaged],
    next: [run("readelf -h {plugin}"), forHost],
  },
  "abi-version": {
    says: "The ELF header asks for a later version of the ABI than this loader knows (EI_ABIVERSION).",
    causes: ["It was linked on a newer system than the host's.", damaged],
    next: [run("readelf -h {plugin}"), advise("Link the plugin on a system as old as the host's.")],
  },
  "header-padding": {
    says: "The ELF header has something where nothing may be (the end of e_ident).",
    causes: [damaged, rewritten],
    next: [run("readelf -h {plugin}"), rebuild],
  },
  machine: {
    says: "The file is there, but was built for another machine. glibc passes over such a file and then says that there is none: the words are misleading.",
    causes: [
      "The plugin was built for another architecture: arm64 instead of amd64, or the other way round.",
      "A library of its folder is meant, and that is missing: then the message names the library.",
    ],
    next: [inspect, validate, forHost],
  },
  "file-type": {
    says: "The file is no shared library: an object file or a core dump.",
    causes: ["The build stopped before the link, or its intermediate file was copied (.o, .a)."],
    next: [inspect, advise('Build with -buildmode=plugin (Go) or crate-type = ["cdylib"] (Rust).')],
  },
  executable: {
    says: "The file is a program, not a library: programs cannot be loaded into another.",
    causes: [
      'It was built without -buildmode=plugin (Go), crate-type = ["cdylib"] (Rust) or -shared (C).',
      "The host's own binary was taken for a plugin.",
    ],
    next: [
      inspect,
      run("go build -buildmode=plugin -trimpath -o {plugin} ."),
      run("cargo build --release --lib"),
    ],
  },
  "program-headers": {
    says: "The file ends before its program headers, or they have another size than the format's.",
    causes: [damaged, rewritten],
    next: [run("readelf -l {plugin}"), rebuild],
  },
  "no-segments": {
    says: "The file has nothing to load.",
    causes: ["It holds debug information only (objcopy --only-keep-debug).", damaged],
    next: [run("readelf -l {plugin}"), rebuild],
  },
  "no-dynamic-section": {
    says: "The file has no dynamic section, so it is no shared library.",
    causes: [
      "It was linked statically, or is a program or object file.",
      "It holds debug information only (objcopy --only-keep-debug).",
      damaged,
    ],
    next: [inspect, rebuild],
  },
  "page-alignment": {
    says: "A segment does not begin where a page of memory does: the host's pages are larger than those the plugin was linked for.",
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
    says: "The host's process died: a part of the file that is mapped is not there. Loaders do not check that, the kernel ends the process when the part is touched.",
    causes: [
      "The file is cut off: a copy or download that broke off, a full disk.",
      "The file was overwritten in place while a host had it loaded; write a new file and rename it instead.",
    ],
    next: [inspect, validate, rebuild],
  },
  "missing-library": {
    says: "The plugin needs the library {library}, and the loader does not find it. The message names the library, not the plugin.",
    causes: [
      "The library is not installed where the host runs (a slim image).",
      "It is there, but built for another machine: glibc says the same then.",
      "It lies where the loader does not look: set RPATH to $ORIGIN when linking, or LD_LIBRARY_PATH.",
      "The plugin was built for another C library: libc.musl-x86_64.so.1 is Alpine's, libc.so.6 is glibc.",
    ],
    next: [
      inspect,
      run("readelf -d {plugin} | grep -E 'NEEDED|RPATH|RUNPATH'"),
      run("ldconfig -p | grep {library}"),
      advise("Install the library, or link it statically into the plugin."),
    ],
  },
  "symbol-version": {
    says: "The plugin was linked against a newer library than the host's system has: {version} is asked of {definer}.",
    causes: [
      "The plugin was built on a newer distribution than the host runs on.",
      "The host runs in an older image than its plugins were built for.",
    ],
    next: [
      run("ldd --version"),
      run("readelf -V {plugin} | grep GLIBC"),
      advise("Build the plugin on the oldest system it must run on, in the host's image for example."),
    ],
  },
  "undefined-symbol": {
    says: "Nothing that is loaded defines {symbol}.",
    causes: [
      "The host should offer it, and is another version, or was not linked with -rdynamic (--export-dynamic).",
      "A library that defines it was not linked to the plugin.",
      "The library is there in another version.",
      "The host itself asked for it by name (dlsym), and the plugin does not export it under that name.",
    ],
    next: [
      run("plugins inspect {plugin} --symbols"),
      run("nm -D --defined-only {host} | grep {symbol}"),
      validate,
    ],
  },
  "static-tls": {
    says: "The plugin's thread-local storage does not fit into what is left of the room that is set aside when the process starts.",
    causes: [
      "A library in it was compiled for the initial-exec model (-ftls-model=initial-exec; some allocators are).",
      "Other plugins have used the room up.",
    ],
    next: [
      run("readelf -d {plugin} | grep STATIC_TLS"),
      run("GLIBC_TUNABLES=glibc.rtld.optional_static_tls=4096 {host}"),
      advise("Compile with -ftls-model=global-dynamic, or link the library to the host."),
    ],
  },
  "executable-stack": {
    says: "The plugin asks for an executable stack, which glibc gives to no library from 2.41 on.",
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
      "Only the plugin was built with it, and it must be there when a process starts.",
      "Host and plugin were both built with it, and define one C variable: each Go plugin has those of runtime/cgo.",
    ],
    next: [
      advise("Build host and plugins without AddressSanitizer."),
      run("ASAN_OPTIONS=detect_odr_violation=0:verify_asan_link_order=0 {host}"),
    ],
  },
  "no-dlopen": {
    says: "The plugin was linked with a mark that forbids loading it at run time (DF_1_NOOPEN).",
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
    says: "The plugin has packed relocations (DT_RELR), but does not say that it needs a glibc that knows them.",
    causes: ["It was linked with -z pack-relative-relocs by a linker that leaves out the mark.", rewritten],
    next: [
      run("readelf -V {plugin} | grep RELR"),
      advise("Link without -z pack-relative-relocs, or with a newer linker."),
    ],
  },
  "relr-unsupported": {
    says: "The host's process died: the plugin has packed relocations (DT_RELR), which musl applies only from 1.2.4 on. It passes them over and calls functions at addresses that are none.",
    causes: ["It was linked with -z pack-relative-relocs, for a newer musl than the host's."],
    next: [
      run("readelf -d {plugin} | grep RELR"),
      advise("Link without -z pack-relative-relocs, or bring musl up to date."),
    ],
  },
  "relocation-type": {
    says: "The plugin has a relocation, {subject}, that this loader does not know.",
    causes: ["It was linked by a newer linker than the host's system knows.", damaged, forOther],
    next: [run("readelf -rW {plugin}"), rebuild],
  },
  "stray-address": {
    says: "The host's process died: the plugin has the loader write to memory that is read-only, or call what is no code.",
    causes: [damaged, rewritten],
    next: [run("readelf -dlrW {plugin}"), rebuild],
  },
  "no-loader": {
    says: "The host has no dynamic loader: it is statically linked and can load nothing.",
    causes: ["The host was linked with -static (-extldflags=-static, musl's default for Rust)."],
    next: [run("readelf -lW {host} | grep INTERP"), advise("Link the host dynamically.")],
  },
  "no-permission": {
    says: "The file is there, but the host's user may not read it.",
    causes: [
      "The file's mode or owner does not let the host's user read it.",
      "A folder on the way may not be entered.",
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
      "It lies on a file system that is mounted noexec (/tmp, a volume).",
      "SELinux or AppArmor forbids it.",
      "Memory ran out.",
    ],
    next: [run("findmnt -T {plugin}"), advise("Move the plugin to a file system that is mounted exec.")],
  },
  "lost-versions": {
    says: "The host's process died: a library has lost the version definitions that others were linked with.",
    causes: ["A library was replaced by another build, or stripped of its version table."],
    next: [run("readelf -V {plugin}"), advise("Reinstall the library that the plugin was linked with.")],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
