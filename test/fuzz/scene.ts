import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import type { HostRequest } from "../../src/check/model/request.ts";
import { signedMacho, armLibrary } from "../loader/dyld/signed-macho.ts";
import { buildElf, type ElfSpec } from "../support/elf-builder.ts";
import { exampleManifest } from "../support/example-manifest.ts";
import { infoHeader, framed, inlineInfo, sampleText } from "../support/go-build-info-bytes.ts";
import { elfPlugin, machoPlugin } from "../support/go-plugin-file.ts";
import { buildMacho, buildUniversal, type MachoSpec } from "../support/macho-builder.ts";
import { machoForms } from "../support/macho-forms.ts";

/** Where everything is in a scene. */
export const places = {
  plugin: "/plugins/plugin.so",
  host: "/host/otelcol",
  root: "/root",
  libc: "/root/lib/x86_64-linux-gnu/libc.so.6",
  loader: "/root/lib64/ld-linux-x86-64.so.2",
  needed: "/root/usr/lib/deep/libneeded.so.1",
  cache: "/root/etc/ld.so.cache",
} as const;

/** What a run looks at: one plugin, its host, and the libraries of the host's system. */
export interface Scene {
  readonly files: Readonly<Record<string, Buffer>>;
  readonly host: HostRequest;
}

/** How `plugins` is asked about a scene whose files were written below a folder. */
export function commandFor({ host }: Scene, folder: string): string {
  const option =
    host.kind === "manifest"
      ? `--host-manifest ${folder}${places.host}`
      : `--host ${folder}${places.host} --sysroot ${folder}${places.root} --target-cpu x86-64-v3`;
  return `plugins validate ${folder}${places.plugin} ${option}`;
}

const sample = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/sample-rust/${name}`, import.meta.url));

/** A C library with the versions and symbols that the hosts and plugins here ask for, which says that it is glibc 2.36. */
function cLibrary(): Buffer {
  return buildElf({
    sections: [
      { name: ".text", content: Buffer.alloc(64, 0xc3) },
      {
        name: ".rodata",
        content: "GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.\n\0",
      },
    ],
    soname: "libc.so.6",
    hash: "both",
    versionDefinitions: [
      { name: "libc.so.6", flags: 1 },
      { name: "GLIBC_2.2.5" },
      { name: "GLIBC_2.34", parents: ["GLIBC_2.2.5"] },
      { name: "GLIBC_ABI_DT_RELR" },
    ],
    dynamicSymbols: [
      { name: "__libc_start_main", in: ".text", type: 2, size: 8, version: "GLIBC_2.34" },
      { name: "__cxa_finalize", in: ".text", at: 8, type: 2, size: 8, version: "GLIBC_2.2.5" },
      { name: "puts", in: ".text", at: 16, type: 2, size: 8, version: "GLIBC_2.2.5" },
      { name: "dlopen", in: ".text", at: 24, type: 2, size: 8, version: "GLIBC_2.34" },
    ],
  });
}

function loader(): Buffer {
  return buildElf({
    sections: [
      { name: ".rodata", content: "/lib/x86_64-linux-gnu/\0/usr/lib/x86_64-linux-gnu/\0/lib/\0/usr/lib/\0" },
    ],
    soname: "ld-linux-x86-64.so.2",
    versionDefinitions: [{ name: "ld-linux-x86-64.so.2", flags: 1 }, { name: "GLIBC_2.3" }],
    dynamicSymbols: [{ name: "__tls_get_addr", in: ".rodata", type: 2, version: "GLIBC_2.3" }],
  });
}

/** /etc/ld.so.cache in the form that ldconfig writes since glibc 2.32, the older one before it. */
function ldSoCache(entries: readonly (readonly [name: string, path: string])[]): Buffer {
  const old = Buffer.alloc(16);
  old.write("ld.so-1.7.0");
  const head = 48 + entries.length * 24;
  const texts: Buffer[] = [];
  let length = 0;
  const put = (text: string): number => {
    const bytes = Buffer.from(`${text}\0`);
    texts.push(bytes);
    length += bytes.length;
    return head + length - bytes.length;
  };
  const table = Buffer.alloc(head);
  table.write("glibc-ld.so.cache1.1");
  table.writeUInt32LE(entries.length, 20);
  table.writeUInt8(2, 28);
  for (const [index, [name, path]] of entries.entries()) {
    const at = 48 + index * 24;
    table.writeUInt32LE(0x0303, at);
    table.writeUInt32LE(put(name), at + 4);
    table.writeUInt32LE(put(path), at + 8);
    // The last one is for a subfolder of glibc-hwcaps, whose name the extension has.
    if (index === entries.length - 1) table.writeBigUInt64LE((2n ** 30n + 1n) << 32n, at + 16);
  }
  const subfolder = put("x86-64-v2");
  const padding = Buffer.alloc((4 - ((head + length) % 4)) % 4);
  const extensionAt = head + length + padding.length;
  table.writeUInt32LE(length, 24);
  table.writeUInt32LE(extensionAt, 32);
  const extension = Buffer.alloc(28);
  for (const [index, word] of [0xeaa42174, 1, 1, 0, extensionAt + 24, 4, subfolder].entries())
    extension.writeUInt32LE(word, index * 4);
  return Buffer.concat([old, table, ...texts, padding, extension]);
}

const system = {
  [places.libc]: cLibrary(),
  [places.loader]: loader(),
  [places.needed]: buildElf({
    sections: [{ name: ".text", content: Buffer.alloc(32, 0xc3) }],
    soname: "libneeded.so.1",
    hash: "sysv",
    needed: ["libc.so.6"],
    dynamicSymbols: [
      { name: "needed_function", in: ".text", type: 2, size: 8 },
      { name: "puts", version: "GLIBC_2.2.5", type: 2 },
    ],
    versionNeeds: [{ file: "libc.so.6", versions: [{ name: "GLIBC_2.2.5" }] }],
  }),
  [places.cache]: ldSoCache([
    ["libneeded.so.1", "/usr/lib/deep/libneeded.so.1"],
    ["libc.so.6", "/lib/x86_64-linux-gnu/libc.so.6"],
    ["libneeded.so.1", "/usr/lib/deep/glibc-hwcaps/x86-64-v2/libneeded.so.1"],
  ]),
} as const;

const rustHost = sample("otelcol");

/** A scene of these two, on a system of glibc. */
export function sceneOf(plugin: Buffer, host: Buffer = rustHost): Scene {
  return {
    files: { [places.plugin]: plugin, [places.host]: host, ...system },
    host: { kind: "binary", path: places.host, target: { sysroot: places.root, cpu: "x86-64-v3" } },
  };
}

/** A scene whose host is a JSON file with its manifests. */
export function manifestScene(plugin: Buffer, host: Buffer): Scene {
  return {
    files: { [places.plugin]: plugin, [places.host]: host },
    host: { kind: "manifest", path: places.host },
  };
}

export const manifestText = JSON.stringify(
  exampleManifest({ language: "rust", toolchain_version: "1.95.0", build_flags: ["-C panic=abort"] }),
);
export const goManifest = JSON.stringify(exampleManifest());

/** Every table that the ELF reader knows, in both widths and both byte orders. */
function everyTable(bits: 32 | 64, endian: "little" | "big", over: Partial<ElfSpec> = {}): Buffer {
  return buildElf({
    bits,
    endian,
    sections: [
      { name: ".rodata", content: `${manifestText}\0` },
      { name: ".otel_manifest", content: manifestText },
      { name: ".data", content: Buffer.alloc(64), writable: true },
      { name: ".bss", size: 64 },
      { name: ".debug", content: Buffer.alloc(40), flags: 0x800, loaded: false },
      { name: ".comment", content: "rustc version 1.95.0 (59807616e 2026-04-14)\0", loaded: false },
    ],
    needed: ["libc.so.6", "libneeded.so.1"],
    soname: "libplugin.so",
    runpath: "$ORIGIN:/usr/lib/$LIB",
    hash: "both",
    dynamicSymbols: [
      { name: "puts", version: "GLIBC_2.2.5", type: 2 },
      { name: "needed_function", type: 2 },
      { name: "otel_plugin_manifest", in: ".data", size: 8, version: "PLUGIN_1" },
      { name: "other", in: ".rodata", size: 8 },
    ],
    symbols: [{ name: "main.PluginManifest", in: ".data", binding: 0, sectionIndex: 0xffff, size: 16 }],
    pointers: [
      { in: ".data", at: 0, to: { in: ".rodata" }, via: "rela" },
      { in: ".data", at: 8, to: { in: ".rodata" }, via: bits === 64 ? "rela" : "rel" },
      { in: ".data", at: 16, to: { in: ".rodata" }, via: "relr" },
    ],
    relocations: { jmprel: [{ place: { in: ".data", at: 24 }, type: 7, symbol: "puts" }] },
    notes: [
      { name: "GNU", type: 3, content: "0123456789" },
      { name: "FDO", type: 0xcafe1a7e, content: '{"type":"deb","os":"debian","name":"x","version":"1"}\0' },
    ],
    versionNeeds: [{ file: "libc.so.6", versions: [{ name: "GLIBC_2.2.5" }, { name: "GLIBC_ABI_DT_RELR" }] }],
    versionDefinitions: [{ name: "libplugin.so", flags: 1 }, { name: "PLUGIN_1" }],
    ...over,
  });
}

const goInfo = { name: ".go.buildinfo", content: inlineInfo(), writable: true, align: 16 } as const;

/** A Go plugin with its tables and build info. */
function goElf(info: Buffer = inlineInfo(), over: Partial<ElfSpec> = {}): Buffer {
  const plugin = elfPlugin();
  return buildElf({
    ...plugin,
    sections: [...(plugin.sections ?? []), { ...goInfo, content: info }],
    needed: ["libc.so.6"],
    soname: "plugin.so",
    ...over,
  });
}

/** The same as a program, which opens plugins. */
function goHost(): Buffer {
  const host = elfPlugin({
    packages: [
      ["internal/abi", "0123456789abcdef"],
      ["plugin", "00112233445566778899"],
      ["example.com/p.v2", "fedcba9876543210"],
    ],
  });
  return buildElf({
    ...host,
    sections: [...(host.sections ?? []), goInfo],
    needed: ["libc.so.6"],
    interpreter: "/lib64/ld-linux-x86-64.so.2",
    dynamicSymbols: [
      ...(host.dynamicSymbols ?? []),
      { name: "dlopen", type: 2, version: "GLIBC_2.34" },
      { name: "plugin.Open", in: ".strings", type: 2 },
    ],
    versionNeeds: [{ file: "libc.so.6", versions: [{ name: "GLIBC_2.34" }] }],
  });
}

function goMacho(fixups: "classic" | "chained"): Buffer {
  const plugin = machoPlugin({}, fixups);
  return buildMacho({
    ...plugin,
    installName: "@rpath/plugin.dylib",
    uuid: Buffer.alloc(16, 1),
    buildVersion: { platform: 1, minos: 0xd0000 },
    dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
    segments: [
      ...(plugin.segments ?? []),
      {
        name: "__INFO",
        protection: 3,
        sections: [{ name: "__go_buildinfo", bytes: inlineInfo(), align: 4 }],
      },
    ],
  }).bytes;
}

const macho: MachoSpec = {
  segments: [
    {
      name: "__TEXT",
      sections: [
        { name: "__const", bytes: `${manifestText}\0` },
        { name: "__otel_manifest", bytes: manifestText },
      ],
    },
    {
      name: "__DATA",
      sections: [
        { name: "__data", bytes: Buffer.alloc(256) },
        { name: ".dep-v0", bytes: deflateSync('{"packages":[]}') },
        { name: "__bss", zeroFill: 64 },
      ],
    },
  ],
  installName: "@rpath/liba.dylib",
  uuid: Buffer.alloc(16, 1),
  buildVersion: { platform: 1, minos: 0xd0000 },
  dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }, { name: "@rpath/libb.dylib", cmd: 0x80000018 }],
  rpaths: ["@loader_path/../lib"],
  exports: [
    { name: "_otel_plugin_manifest", at: "__DATA,__data" },
    { name: "_otel_plugin_create", at: "__TEXT,__const" },
  ],
  symbols: [{ name: "_puts" }, { name: "_own", at: "__DATA,__data" }],
};
const forms = machoForms(macho);

export const machoFiles: readonly Buffer[] = [
  buildMacho(forms.classic).bytes,
  buildMacho({ ...forms.classic, codeSignature: Buffer.alloc(32) }).bytes,
  buildMacho(forms.chained).bytes,
  buildMacho(forms.old).bytes,
  signedMacho({ ...armLibrary, exports: [{ name: "_otel_plugin_manifest", at: "__DATA,__data" }] }),
  goMacho("classic"),
  goMacho("chained"),
  sample("plugins/otlpexporter.dylib"),
];

const [classic, , chained, old, signed] = machoFiles;

export const universalFiles: readonly Buffer[] = [
  buildUniversal([
    { cputype: 0x01000007, cpusubtype: 3, bytes: classic ?? Buffer.alloc(0) },
    { cputype: 0x0100000c, bytes: signed ?? Buffer.alloc(0), align: 14 },
    { cputype: 18, bytes: old ?? Buffer.alloc(0) },
  ]),
  buildUniversal([{ cputype: 0x01000007, cpusubtype: 3, bytes: chained ?? Buffer.alloc(0) }], { bits: 64 }),
];

export const machoHosts: readonly Buffer[] = [
  buildMacho({ ...forms.classic, fileType: 2, flags: 0x200085 }).bytes,
  buildMacho({ ...armLibrary, fileType: 2, flags: 0x200085 }).bytes,
];

export const elfFiles: readonly Buffer[] = [
  everyTable(64, "little"),
  everyTable(64, "little", { notes: [] }),
  everyTable(64, "little", { sectionHeaders: false }),
  everyTable(64, "little", { machine: 183 }),
  everyTable(64, "big"),
  everyTable(32, "little"),
  everyTable(32, "big"),
  goElf(),
  goElf(inlineInfo(), { sectionHeaders: false }),
  ...["debugexporter.so", "filterprocessor.so", "hostmetricsreceiver.so"].map((name) =>
    sample(`plugins/${name}`),
  ),
];

/** Plugins that the loader of a scene opens, so that it gets to the libraries that they need. */
export const loadable: readonly Buffer[] = elfFiles.filter((_, index) => [0, 1, 2, 9].includes(index));

export const goFiles: readonly ((info: Buffer) => Buffer)[] = [
  (info) => goElf(info),
  (info) => goElf(info, { sectionHeaders: false }),
  (info) => buildElf({ soname: "a.so", sections: [{ ...goInfo, content: info }] }),
];

/** Build info as Go before 1.18 wrote it: pointers to string headers behind it. */
export const pointerInfo = Buffer.concat([infoHeader(8, 0), Buffer.from("go1.17.2"), framed(sampleText)]);

export const elfHosts: readonly Buffer[] = [
  rustHost,
  goHost(),
  everyTable(64, "little", { interpreter: "/lib64/ld-linux-x86-64.so.2", entry: 0x10000 }),
];

/** Every way of embedding a manifest, in a file that has this text. */
export const carriers: readonly ((text: Buffer) => Buffer)[] = [
  (text) => buildElf({ soname: "a.so", sections: [{ name: ".otel_manifest", content: text }] }),
  (text) =>
    buildElf({ soname: "a.so", sections: [{ name: ".otel_manifest", content: text, loaded: false }] }),
  (text) =>
    buildElf({
      sections: [{ name: ".rodata", content: Buffer.concat([text, Buffer.alloc(1)]) }],
      dynamicSymbols: [{ name: "otel_plugin_manifest", in: ".rodata", size: text.length + 1 }],
    }),
  (text) =>
    buildElf({
      sections: [
        { name: ".rodata", content: Buffer.concat([text, Buffer.alloc(1)]) },
        { name: ".data", content: Buffer.alloc(16), writable: true },
      ],
      dynamicSymbols: [{ name: "OTEL_PLUGIN_MANIFEST", in: ".data", size: 8 }],
      pointers: [{ in: ".data", to: { in: ".rodata" }, via: "rela" }],
    }),
  (text) => {
    const header = Buffer.alloc(16);
    header.writeBigUInt64LE(BigInt(text.length), 8);
    const plugin = elfPlugin();
    return buildElf({
      ...plugin,
      sections: [
        ...(plugin.sections ?? []),
        goInfo,
        { name: ".rodata", content: text },
        { name: ".string", content: header, writable: true },
      ],
      symbols: [{ name: "main.PluginManifest", in: ".string", size: 16 }],
      pointers: [...(plugin.pointers ?? []), { in: ".string", to: { in: ".rodata" }, via: "rela" }],
    });
  },
  (text) =>
    buildMacho({ segments: [{ name: "__DATA", sections: [{ name: "__otel_manifest", bytes: text }] }] })
      .bytes,
  (text) =>
    buildMacho({
      segments: [
        { name: "__TEXT", sections: [{ name: "__const", bytes: Buffer.concat([text, Buffer.alloc(1)]) }] },
        { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
      ],
      exports: [{ name: "_otel_plugin_manifest", at: "__DATA,__data" }],
      rebases: [{ at: "__DATA,__data", to: "__TEXT,__const" }],
    }).bytes,
  // In Go's build info, as a linker flag sets it.
  (text) =>
    goElf(
      inlineInfo(
        "go1.26.8",
        framed(`${sampleText}build\t-ldflags="-X 'main.PluginManifest=${text.toString("latin1")}'"\n`),
      ),
    ),
];

export const auditedText = JSON.stringify({
  packages: [
    { name: "bytes", version: "1.11.0", source: "crates.io" },
    { name: "my-plugin", version: "0.3.1", source: "local", dependencies: [0, 2], root: true },
    { name: "proc", version: "2.0.0", source: "git", kind: "build" },
  ],
  format: 1,
});

export const auditedFiles: readonly ((stream: Buffer) => Buffer)[] = [
  (stream) =>
    buildElf({
      soname: "a.so",
      sections: [
        { name: ".dep-v0", content: stream, loaded: false },
        { name: ".comment", content: "rustc version 1.95.0 (59807616e 2026-04-14)\0", loaded: false },
        { name: ".otel_manifest", content: manifestText },
      ],
    }),
  (stream) =>
    buildMacho({ segments: [{ name: "__DATA", sections: [{ name: ".dep-v0", bytes: stream }] }] }).bytes,
];
