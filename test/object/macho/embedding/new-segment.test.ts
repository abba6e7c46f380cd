import { describe, expect, it } from "vitest";
import { buildMacho, type MachoSpec } from "../../../support/macho-builder.ts";
import { machoForms } from "../../../support/macho-forms.ts";
import {
  embedded,
  linkFacts,
  manifestIn,
  manifestOf,
  opened,
  refusalOf,
} from "../../../support/macho-embed.ts";
import { armHost, intelHost, predict } from "../../../loader/dyld/open-host.ts";
import { armLibrary, intelLibrary } from "../../../loader/dyld/signed-macho.ts";

/** So long that it fits in no last page. */
const manifest = manifestOf(5000);

const common: MachoSpec = {
  installName: "@rpath/libplugin.dylib",
  segments: [
    { name: "__TEXT", sections: [{ name: "__const", bytes: Buffer.alloc(64, 0x1f), align: 0x800 }] },
    { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(0x1000) }] },
  ],
  symbols: [{ name: "_puts" }, { name: "_data", at: "__DATA,__data" }],
  exports: [{ name: "_data", at: "__DATA,__data" }],
  dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
};

const { classic, chained, old } = machoForms(common);

describe.each<[string, MachoSpec]>([
  ["classic", classic],
  ["chained", chained],
  // An empty trie would bring LC_DYLD_INFO, beside which relocations are not looked at.
  ["old", { ...old, raw: { trie: Buffer.alloc(0) } }],
])("a new segment in a library with %s fixups", (name, spec) => {
  const { bytes } = buildMacho(spec);
  const before = opened(bytes);
  const file = opened(embedded(bytes, manifest));

  it("stands before __LINKEDIT, in file and memory", () => {
    const [was, now] = [before.segments.at(-1), file.segments.at(-1)];
    expect(file.segments.map((one) => one.name)).toEqual(["__TEXT", "__DATA", "__OTEL", "__LINKEDIT"]);
    expect(file.segments.at(-2)).toMatchObject({
      address: was?.address,
      offset: was?.offset,
      memorySize: 0x2000n,
      fileSize: 0x2000n,
      readable: true,
      writable: false,
      executable: false,
    });
    expect(now).toMatchObject({
      address: (was?.address ?? 0n) + 0x2000n,
      offset: (was?.offset ?? 0n) + 0x2000n,
    });
    expect(Number(now?.offset) + Number(now?.fileSize)).toBe(file.size);
    expect(manifestIn(file)).toBe(manifest.toString());
  });

  it("changes nothing that is linked", () => {
    expect(linkFacts(file)).toEqual(linkFacts(before));
  });

  it("leaves every pointer what it was", () => {
    const section = before.sections.find((one) => one.name === "__data");
    const step = before.bits / 8;
    const addresses = Array.from(
      { length: 16 },
      (_, index) => (section?.address ?? 0n) + BigInt(index * step),
    );
    const pointers = addresses.map((address) => before.pointerAt(address));
    // Of relocations all are found; of opcodes and chains a rebase and a bind.
    expect(pointers.filter(({ kind }) => kind !== "plain").length, name).toBeGreaterThanOrEqual(2);
    expect(addresses.map((address) => file.pointerAt(address))).toEqual(pointers);
  });
});

describe("chained fixups that list the segments", () => {
  const names = ["__DATA_CONST", "__DATA", "__MORE", "__LAST"];
  // With an even count of segments the list ends where the next table starts; with an odd one padding follows.
  it.each([0, 1, 2, 3])("count one more, with %i segments more", (more) => {
    const fixups = [
      { at: "__DATA,__data", to: "__TEXT,__const" },
      { at: ["__DATA,__data", 8], symbol: "_puts" },
    ] as const;
    const spec: MachoSpec = {
      ...common,
      segments: [
        ...(common.segments ?? []),
        ...names.slice(0, more).map((one, index) => ({
          name: `${one}${index}`,
          sections: [{ name: "__x", bytes: Buffer.alloc(0x1000, 1) }],
        })),
      ],
      chainedFixups: { format: 6, fixups },
    };
    const { bytes, commandAt } = buildMacho(spec);
    const after = embedded(bytes, manifest);
    const count = (file: Buffer, command: number) => {
      const at = file.readUInt32LE(command + 8);
      return file.readUInt32LE(at + file.readUInt32LE(at + 4));
    };
    const command = commandAt(0x8000_0034);
    expect(count(bytes, command)).toBe(3 + more);
    expect(count(after, command + 152)).toBe(4 + more);
    const [was, now] = [opened(bytes), opened(after)];
    expect(linkFacts(now)).toEqual(linkFacts(was));
    const data = was.sections.find((one) => one.name === "__data")?.address ?? 0n;
    for (const address of [data, data + 8n]) expect(now.pointerAt(address)).toEqual(was.pointerAt(address));
    expect(now.pointerAt(data)).toMatchObject({ kind: "address" });
  });
});

it("moves what a note of the linker points to, and leaves what lies before __LINKEDIT", () => {
  const note = (offset: bigint) => {
    const body = Buffer.alloc(32);
    body.write("owner");
    body.writeBigUInt64LE(offset, 16);
    body.writeBigUInt64LE(8n, 24);
    return { cmd: 0x31, body };
  };
  const { tableAt } = buildMacho({ ...common, commands: [note(0n), note(0n)] });
  const strings = BigInt(tableAt("strings"));
  const { bytes, commandAt } = buildMacho({ ...common, commands: [note(strings), note(0x800n)] });
  const after = embedded(bytes, manifest);
  const [moved, left] = [commandAt(0x31, 0) + 152, commandAt(0x31, 1) + 152];
  expect(after.readBigUInt64LE(moved + 24)).toBe(strings + 0x2000n);
  expect(after.readBigUInt64LE(left + 24)).toBe(0x800n);
});

describe("dyld's answer", () => {
  const newest = { platform: 1, minos: 0x000d_0000, sdk: 0x001a_0400 } as const;
  it.each([
    ["arm64", { ...armLibrary, buildVersion: newest }, armHost],
    ["x86_64", { ...intelLibrary, buildVersion: newest }, intelHost],
  ] as const)("for %s stays the same, by the rules of the newest SDK too", (_, spec, host) => {
    const segments = [
      { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(64, 0x1f), align: 0x1000 }] },
      { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
    ];
    const { bytes } = buildMacho({ ...spec, segments });
    const before = predict(bytes, host);
    for (const length of [100, 20_000]) {
      expect(predict(embedded(bytes, manifestOf(length)), host)).toEqual(before);
    }
  });
});

describe("a segment cannot be added", () => {
  const build = (spec: MachoSpec = {}) => buildMacho({ ...common, ...spec });

  it("if something follows the last segment", () => {
    const bytes = Buffer.concat([build().bytes, Buffer.from("appended")]);
    expect(refusalOf(bytes, manifest).reason).toContain("bytes behind its last segment");
  });

  it("if a load command is unknown", () => {
    const { bytes } = build({ commands: [{ cmd: 0x7f, body: Buffer.alloc(8) }] });
    expect(refusalOf(bytes, manifest).reason).toBe(
      "what its load command 0x7f points to is unknown, and would move",
    );
  });

  it("if __LINKEDIT is not the last segment in memory", () => {
    const { bytes, commandAt } = build();
    const at = commandAt(0x19, 2);
    // __DATA takes the place of __LINKEDIT and the other way round.
    const data = commandAt(0x19, 1);
    const [one, other] = [bytes.readBigUInt64LE(at + 24), bytes.readBigUInt64LE(data + 24)];
    bytes.writeBigUInt64LE(other, at + 24);
    bytes.writeBigUInt64LE(one, data + 24);
    expect(refusalOf(bytes, manifest).reason).toContain("__LINKEDIT is not the last one");
  });

  it("if there is no __LINKEDIT", () => {
    const { bytes, commandAt } = build();
    bytes.write("__OTHER\0\0\0", commandAt(0x19, 2) + 8);
    expect(refusalOf(bytes, manifest).reason).toBe("it has no segment __LINKEDIT");
  });

  it("if the file has a segment of that name by its own linker", () => {
    const segments = [
      ...(common.segments ?? []),
      { name: "__OTEL", sections: [{ name: "__x", bytes: Buffer.alloc(0x1000, 1) }] },
    ];
    expect(refusalOf(build({ segments }).bytes, manifest).reason).toContain("a segment __OTEL of its own");
  });

  it("to an object file", () => {
    expect(refusalOf(build({ fileType: 1 }).bytes, manifest).reason).toBe(
      "it is not a library, bundle or executable",
    );
  });
});

describe("what is not asked for rightly", () => {
  const { bytes } = buildMacho(common);

  it("is an empty manifest", () => {
    expect(refusalOf(bytes, Buffer.alloc(0)).reason).toBe("there is nothing to embed");
  });

  it("is a file that is no Mach-O file, or cut off", () => {
    expect(refusalOf(Buffer.from("#!/bin/sh\n"), manifest).reason).toContain("not a Mach-O file");
    expect(refusalOf(Buffer.alloc(0), manifest).reason).toContain("it is damaged");
    expect(refusalOf(bytes.subarray(0, bytes.length - 1), manifest).reason).toContain("it is damaged");
  });
});
