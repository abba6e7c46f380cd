import { describe, expect, it } from "vitest";
import { defaultCarrierNames } from "../../../src/manifest/carrier/carrier-names.ts";
import { locateCarriers, type LocatedCarrier } from "../../../src/manifest/carrier/locate.ts";
import { manifestLimit } from "../../../src/manifest/content.ts";
import type { ObjectSymbol, Section } from "../../../src/object/object-file.ts";
import {
  memoryObject,
  memorySymbol,
  start,
  startOffset,
  type MemorySpec,
} from "../../support/memory-object.ts";

const text = '{"a":1}';
const bytes = Buffer.from(`${text}\0[1]\0no`);
const variable = "example.com/kafka.PluginManifest";

function locate(spec: Partial<MemorySpec>, mainPackage?: string): readonly LocatedCarrier[] {
  return locateCarriers(memoryObject({ bytes, ...spec }), defaultCarrierNames, mainPackage);
}

function section(over: Partial<Section> = {}): Section {
  return {
    name: ".otel_manifest",
    address: start,
    offset: startOffset,
    size: text.length,
    zeroFill: false,
    compressed: false,
    loaded: true,
    ...over,
  };
}

function symbol(name: string, at = 0, over: Partial<ObjectSymbol> = {}): ObjectSymbol {
  return memorySymbol({ name, address: start + BigInt(at), size: BigInt(text.length), ...over });
}

/** Source, name, offset, and the text or why there is none. */
function brief(found: readonly LocatedCarrier[]): readonly string[] {
  return found.map(({ source, location, offset, payload }) =>
    [source, location, offset, payload.kind === "bytes" ? payload.bytes.toString() : payload.reason].join(
      " ",
    ),
  );
}

const goSections = [section({ name: ".go.buildinfo" })];
const other = [section({ name: ".text" })];

describe("a section that carries a manifest", () => {
  it.each([
    ["of ELF", {}, `section .otel_manifest 64 ${text}`],
    [
      "of Mach-O",
      { name: "__otel_manifest", segment: "__DATA" },
      `section __DATA,__otel_manifest 64 ${text}`,
    ],
    [
      "in zero-filled memory",
      { zeroFill: true },
      "section .otel_manifest  is in zero-filled memory: the file has no bytes for it",
    ],
    [
      "that is too long",
      { size: manifestLimit + 1 },
      `section .otel_manifest 64 is ${manifestLimit + 1} bytes long, more than ${manifestLimit}`,
    ],
  ])("%s is read, or refused with the reason", (_, over, found) => {
    expect(brief(locate({ sections: [section(over)] }))).toEqual([found]);
  });

  it("that is compressed may be longer in memory, up to the same limit", () => {
    const [compressed] = brief(
      locate({ sections: [section({ compressed: true, size: manifestLimit + 1 })] }),
    );
    expect(compressed).toContain("cannot be read: section is too long");
  });

  it("may be as long as the limit", () => {
    const long = Buffer.alloc(manifestLimit, 0x20);
    const [found] = locate({ bytes: long, sections: [section({ size: manifestLimit })] });
    expect(found?.payload.kind).toBe("bytes");
  });

  it("that cannot be read says so; what is no fault of the file is thrown", () => {
    expect(brief(locate({ sections: [section({ address: 0x10n })] }))).toEqual([
      expect.stringMatching(/^section \.otel_manifest 64 cannot be read: section is not in the file/),
    ]);
    const broken = {
      ...memoryObject({ bytes, sections: [section()] }),
      readSection: () => {
        throw new TypeError("bug");
      },
    };
    expect(() => locateCarriers(broken, defaultCarrierNames, undefined)).toThrow(TypeError);
  });

  it("comes before symbols, each once", () => {
    const dynamic = [symbol("otel_plugin_manifest", 8, { size: 3n })];
    const statics = [...dynamic, symbol("OTEL_PLUGIN_MANIFEST", 12, { size: 2n })];
    expect(brief(locate({ sections: [section()], dynamic, static: statics }))).toEqual([
      `section .otel_manifest 64 ${text}`,
      "dynamic-symbol otel_plugin_manifest 72 [1]",
      "static-symbol OTEL_PLUGIN_MANIFEST 76 no",
    ]);
  });
});

describe("a symbol that carries a manifest", () => {
  it("has in Mach-O an underscore that nobody wrote", () => {
    const spec = { format: "macho", sections: other } as const;
    const found = [`otel_plugin_manifest 64 ${text}`];
    expect(brief(locate({ ...spec, dynamic: [symbol("_otel_plugin_manifest")] }))).toEqual(
      found.map((each) => `dynamic-symbol ${each}`),
    );
    expect(brief(locate({ ...spec, static: [symbol("_otel_plugin_manifest")] }))).toEqual(
      found.map((each) => `static-symbol ${each}`),
    );
    expect(locate({ ...spec, dynamic: [symbol("otel_plugin_manifest")] })).toEqual([]);
  });

  it("is defined", () => {
    const imported = [symbol("otel_plugin_manifest", 0, { defined: false })];
    expect(locate({ dynamic: imported, static: imported })).toEqual([]);
  });

  it("has exactly the name", () => {
    const near = [symbol("my_otel_plugin_manifest"), symbol("otel_plugin_manifest2")];
    expect(locate({ dynamic: near, static: near, sections: other })).toEqual([]);
  });

  it("that cannot be read says so; what is no fault of the file is thrown", () => {
    expect(brief(locate({ dynamic: [symbol("otel_plugin_manifest", 0, { type: "function" })] }))).toEqual([
      expect.stringMatching(/^dynamic-symbol otel_plugin_manifest {2}is a function/),
    ]);
    const cut = { [String(start)]: { kind: "address", address: start } } as const;
    expect(
      brief(
        locate({ bytes: Buffer.alloc(12), pointers: cut, dynamic: [symbol("main.PluginManifest")] }, "m"),
      ),
    ).toEqual([expect.stringMatching(/cannot be read: Go string length is cut off/)]);
    const broken = {
      ...memoryObject({ bytes, dynamic: [symbol("otel_plugin_manifest")] }),
      pointerAt: () => {
        throw new TypeError("bug");
      },
    };
    expect(() => locateCarriers(broken, defaultCarrierNames, undefined)).toThrow(TypeError);
  });
});

describe("a Go variable that carries a manifest", () => {
  const big = 5 * 1024 * 1024;

  it.each([
    ["main", "example.com/kafka", "main.PluginManifest"],
    ["the main package", "example.com/kafka", "example.com/kafka.PluginManifest"],
    ["a main package with a dot", "gopkg.in/a.v2", "gopkg.in/a%2ev2.PluginManifest"],
    ["a main package with a quote and a percent sign", 'a"b%c', "a%22b%25c.PluginManifest"],
    ["a main package with a space and a letter", "a b/é", "a%20b/%c3%a9.PluginManifest"],
    ["a main package with a control character", "a\x01~\x7f", "a%01~%7f.PluginManifest"],
  ])("of %s is looked up, in a file of any size", (_, mainPackage, name) => {
    const spec = { dynamic: [symbol(name)], sections: [...other, section()], size: big };
    expect(brief(locate(spec, mainPackage))).toContain(`dynamic-symbol ${name} 64 ${text}`);
    expect(brief(locate(spec))).not.toContain(`dynamic-symbol ${name} 64 ${text}`);
  });

  it.each([
    ["dynamic", "dynamic-symbol"],
    ["static", "static-symbol"],
  ] as const)("of any package is found among the %s symbols of a Go file", (table, source) => {
    const spec = { [table]: [symbol(variable), symbol("example.com/kafka.PluginManifestOther")] };
    expect(brief(locate({ ...spec, sections: goSections }))).toEqual([`${source} ${variable} 64 ${text}`]);
    expect(brief(locate({ ...spec, sections: [] }))).toEqual([`${source} ${variable} 64 ${text}`]);
    expect(locate({ ...spec, sections: other })).toEqual([]);
  });

  it.each([".go.buildinfo", "__go_buildinfo", ".gopclntab", "__gopclntab", ".note.go.buildid"])(
    "is looked for in a file with the section %s",
    (name) => {
      expect(locate({ dynamic: [symbol(variable)], sections: [section({ name })] })).toHaveLength(1);
    },
  );

  it.each([".gold", "x.go.buildinfo", ".text", "go.buildinfo"])(
    "is not looked for in one with %s",
    (name) => {
      expect(locate({ dynamic: [symbol(variable)], sections: [section({ name })] })).toEqual([]);
    },
  );

  it("holds something like JSON, if there are several", () => {
    const several = [
      symbol("a.PluginManifest"),
      symbol("b.PluginManifest", 8, { size: 3n }),
      symbol("c.PluginManifest", 12, { size: 2n }),
    ];
    expect(brief(locate({ dynamic: several }))).toEqual([
      `dynamic-symbol a.PluginManifest 64 ${text}`,
      "dynamic-symbol b.PluginManifest 72 [1]",
    ]);
    expect(brief(locate({ dynamic: several.slice(2) }))).toEqual(["dynamic-symbol c.PluginManifest 76 no"]);
    const padded = Buffer.from(` \0\n${text}`);
    const again = [
      symbol("a.PluginManifest", 0, { size: 10n }),
      symbol("b.PluginManifest", 1, { type: "function" }),
    ];
    expect(brief(locate({ bytes: padded, dynamic: again }))).toEqual([
      `dynamic-symbol a.PluginManifest 64  \0\n${text}`,
    ]);
  });

  it("is defined", () => {
    const imported = [symbol(variable, 0, { defined: false })];
    expect(locate({ dynamic: imported, static: imported })).toEqual([]);
  });
});

describe("all the names of a file", () => {
  const limit = 4 * 1024 * 1024;
  it.each([
    ["a small one with a section", limit, [section()], 3],
    ["a large one with a section", limit + 1, [section()], 1],
    ["a large one with nothing else", limit + 1, [], 2],
  ])("are searched in %s", (_, size, sections, count) => {
    const spec = { size, sections: [...goSections, ...sections] };
    const dynamic = [symbol("a.PluginManifest")];
    const statics = [symbol("otel_plugin_manifest", 8, { size: 3n })];
    expect(locate({ ...spec, dynamic, static: statics })).toHaveLength(count);
  });
});
