import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { predictDyld, rtld } from "../../../src/loader/dyld/predict.ts";
import { readDyldHost, type DyldHost } from "../../../src/loader/dyld/host.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import { readFileSync } from "node:fs";
import { buildMacho, type BindSpec, type DylibSpec, type MachoSpec } from "../../support/macho-builder.ts";
import { linkSample, targets, temporaryFolder } from "../../support/macho-samples.ts";
import { memorySource } from "../../support/macho-source.ts";
import { describeWith, run, tools } from "../../support/macho-toolchain.ts";
import { firstOf, hostOf, unknownOf } from "./open-host.ts";
import { armLibrary, signedMacho } from "./signed-macho.ts";

const uuid = "00112233-4455-6677-8899-AABBCCDDEEFF";
const temporary = temporaryFolder();
afterAll(temporary.remove);
let folder = "";
let count = 0;
beforeEach(() => {
  folder = join(realpathSync(temporary.path), String(count++));
  mkdirSync(folder);
});
const here = (name: string) => join(folder, name);

const at = ["__DATA,__data", 0] as const;
const special = { self: 0, host: -1, flat: -2, weak: -3 } as const;

/** A library beside the plugin that exports these. */
function put(name: string, exported: readonly string[], dylibs: readonly DylibSpec[] = []): void {
  const exports = exported.map((one) => ({ name: one, at: "__TEXT,__text" }));
  writeFileSync(here(name), signedMacho({ ...armLibrary, installName: `@rpath/${name}`, exports, dylibs }));
}

interface Asked {
  readonly binds: readonly Omit<BindSpec, "at">[];
  readonly form: "classic" | "chained";
  readonly links?: readonly DylibSpec[];
  readonly host?: DyldHost;
  readonly mode?: number;
  readonly spec?: MachoSpec;
}

function predict({ binds, form, links = [], host = hostOf(), mode, spec = {} }: Asked) {
  const placed = binds.map((bind, index) => ({ ...bind, at: [at[0], index * 8] as const }));
  const fixups = form === "classic" ? { binds: placed } : { chainedFixups: { format: 2, fixups: placed } };
  const bytes = signedMacho({ ...armLibrary, dylibs: links, ...fixups, ...spec });
  const system = { files: disk, ...(mode === undefined ? {} : { mode }) };
  return predictDyld({ source: memorySource(bytes), path: here("plugin.dylib") }, host, system);
}

function words(text: string): string {
  return `dlopen(${here("plugin.dylib")}, 0x000A): ${text}`;
}

const beside = (name: string) => ({ name: `@loader_path/${name}` });
const exporting = (name: string): MachoSpec => ({
  segments: [{ name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(16) }] }],
  exports: [{ name, at: "__TEXT,__text" }],
});

describe.each(["classic", "chained"] as const)("a symbol, by %s fixups", (form) => {
  const liba = [beside("liba.dylib")];

  it("is found in the library that the linker named", () => {
    put("liba.dylib", ["_a"]);
    expect(predict({ form, links: liba, binds: [{ symbol: "_a", ordinal: 1 }] }).outcome).toBe("loads");
  });

  it("is not found where that library does not export it", () => {
    put("liba.dylib", ["_b"]);
    expect(firstOf(predict({ form, links: liba, binds: [{ symbol: "_a", ordinal: 1 }] }))).toMatchObject({
      outcome: "refused",
      check: "missing-symbol",
      subject: "_a",
      message: words(
        `Symbol not found: _a\n  Referenced from: <${uuid}> ${here("plugin.dylib")}\n  Expected in:     <${uuid}> ${here("liba.dylib")}`,
      ),
    });
  });

  it("may be missing where it is weak", () => {
    put("liba.dylib", ["_b"]);
    const binds = [{ symbol: "_a", ordinal: 1, weak: true }];
    expect(predict({ form, links: liba, binds }).outcome).toBe("loads");
  });

  it("is found in what that library re-exports", () => {
    put("liba.dylib", [], [{ name: "@loader_path/libb.dylib", cmd: 0x8000001f }]);
    put("libb.dylib", ["_a"]);
    expect(predict({ form, links: liba, binds: [{ symbol: "_a", ordinal: 1 }] }).outcome).toBe("loads");
  });

  it("is not found in what that library links", () => {
    put("liba.dylib", [], [beside("libb.dylib")]);
    put("libb.dylib", ["_a"]);
    expect(firstOf(predict({ form, links: liba, binds: [{ symbol: "_a", ordinal: 1 }] })).subject).toBe("_a");
  });

  it("is taken to be in a library of the system", () => {
    const links = [{ name: "/usr/lib/libSystem.B.dylib" }];
    const prediction = predict({ form, links, binds: [{ symbol: "_malloc", ordinal: 1 }] });
    expect(prediction).toEqual({ outcome: "loads", needs: [] });
  });

  it("is not found in a weak library that is not there", () => {
    const links = [{ name: "@loader_path/liba.dylib", cmd: 0x80000018 }];
    expect(firstOf(predict({ form, links, binds: [{ symbol: "_a", ordinal: 1 }] })).message).toMatch(
      /Expected in: {5}<no uuid> unknown$/,
    );
  });

  it("is not found in a library beyond those that are linked", () => {
    put("liba.dylib", ["_a"]);
    expect(firstOf(predict({ form, links: liba, binds: [{ symbol: "_a", ordinal: 7 }] })).message).toBe(
      words(`unknown library ordinal 7 in ${here("plugin.dylib")} when binding '_a'`),
    );
  });

  it("is found in the host where it is looked for everywhere", () => {
    const binds = [{ symbol: "_napi_create_function", ordinal: special.flat }];
    expect(predict({ form, binds, host: hostOf(exporting("_napi_create_function")) }).outcome).toBe("loads");
  });

  it("is found in the plugin and its libraries where it is looked for everywhere", () => {
    put("liba.dylib", ["_a"]);
    const binds = [{ symbol: "_a", ordinal: special.flat }];
    expect(predict({ form, links: liba, binds }).outcome).toBe("loads");
  });

  it("is known to be in the system where the host binds it there", () => {
    const host = hostOf({
      dylibs: [{ name: "/usr/lib/libSystem.B.dylib" }],
      segments: [
        { name: "__TEXT", sections: [{ name: "__text", bytes: Buffer.alloc(16) }] },
        { name: "__DATA", sections: [{ name: "__data", bytes: Buffer.alloc(16) }] },
      ],
      binds: [{ at: "__DATA,__data", symbol: "_malloc", ordinal: 1 }],
    });
    expect(predict({ form, binds: [{ symbol: "_malloc", ordinal: special.flat }], host }).outcome).toBe(
      "loads",
    );
  });

  it("is a question for a Mac where it is looked for everywhere and not at hand", () => {
    const binds = ["_a", "_b"].map((symbol) => ({ symbol, ordinal: special.flat }));
    expect(unknownOf(predict({ form, binds })).why).toMatch(/only be checked on a Mac: _a, _b\.$/);
  });

  it("is not found in a host that does not export it", () => {
    const binds = [{ symbol: "_a", ordinal: special.host }];
    expect(firstOf(predict({ form, binds, host: hostOf({}, "/opt/host") })).message).toMatch(
      /Expected in: {5}<no uuid> \/opt\/host$/,
    );
    expect(firstOf(predict({ form, binds, host: hostOf() })).message).toBeNull();
    expect(predict({ form, binds, host: hostOf(exporting("_a")) }).outcome).toBe("loads");
  });

  it("is not found in the plugin itself where that does not export it", () => {
    const binds = [{ symbol: "_a", ordinal: special.self }];
    expect(firstOf(predict({ form, binds })).message).toMatch(
      `Expected in:     <${uuid}> ${here("plugin.dylib")}`,
    );
    const spec = { exports: [{ name: "_a", at: "__TEXT,__text" }] };
    expect(predict({ form, binds, spec }).outcome).toBe("loads");
  });
});

describe("a symbol that is bound when it is first called", () => {
  const asked = {
    form: "classic",
    links: [beside("liba.dylib")],
    binds: [{ symbol: "_a", ordinal: 1, kind: "lazy" }],
  } as const;

  it("is looked for at once by RTLD_NOW", () => {
    put("liba.dylib", ["_b"]);
    expect(firstOf(predict(asked)).subject).toBe("_a");
  });

  it("is left for later by RTLD_LAZY, and named", () => {
    put("liba.dylib", ["_b"]);
    const prediction = predict({ ...asked, mode: rtld.lazy | rtld.local });
    expect(prediction.outcome).toBe("loads");
    expect(prediction.needs).toContain("_a, when it is first called");
  });
});

describe("weak definitions", () => {
  test("that opcodes coalesce may be missing", () => {
    const binds = [{ symbol: "__Znwm", ordinal: special.weak, kind: "weak" }] as const;
    expect(predict({ form: "classic", binds }).outcome).toBe("loads");
  });

  test("that chained fixups name must be somewhere", () => {
    const binds = [{ symbol: "__Znwm", ordinal: special.weak }];
    expect(predict({ form: "chained", binds }).outcome).toBe("unknown");
  });
});

describeWith([tools.clang, tools.lld], "a plugin that lld links", () => {
  /** A library with these lines of C, linked against others that lie beside it. */
  function link(name: string, source: string, more: readonly string[] = []): void {
    const [c, object] = [here(`${name}.c`), here(`${name}.o`)];
    writeFileSync(c, source);
    run(tools.clang, ["-target", "arm64-apple-macos13", "-c", c, "-o", object]);
    const version = ["-platform_version", "macos", "13.0", "14.0"];
    const names = ["-install_name", `@rpath/lib${name}.dylib`, "-rpath", "@loader_path"];
    run(tools.lld, [
      "-dylib",
      "-arch",
      "arm64",
      ...version,
      ...names,
      ...more,
      "-o",
      here(`lib${name}.dylib`),
      object,
    ]);
  }
  const answer = () => {
    const path = here("libplugin.dylib");
    return predictDyld({ source: memorySource(readFileSync(path)), path }, hostOf(), { files: disk });
  };

  it("loads with the library that it was linked against", () => {
    link("dep", "int dep(void) { return 1; }");
    link("plugin", "int dep(void); int plugin(void) { return dep(); }", [here("libdep.dylib")]);
    expect(answer()).toMatchObject({ outcome: "loads" });
  });

  it("is refused with a later one that lacks the symbol", () => {
    link("dep", "int dep(void) { return 1; }");
    link("plugin", "int dep(void); int plugin(void) { return dep(); }", [here("libdep.dylib")]);
    link("dep", "int other(void) { return 1; }");
    const found = openMacho(memorySource(readFileSync(here("libplugin.dylib"))));
    const dep = openMacho(memorySource(readFileSync(here("libdep.dylib"))));
    const from = `<${found.uuid ?? ""}> ${here("libplugin.dylib")}`;
    const to = `<${dep.uuid ?? ""}> ${here("libdep.dylib")}`;
    expect(firstOf(answer()).message).toBe(
      `dlopen(${here("libplugin.dylib")}, 0x000A): Symbol not found: _dep\n  Referenced from: ${from}\n  Expected in:     ${to}`,
    );
  });

  it("is a question for a Mac where its symbols are looked for everywhere", () => {
    const path = linkSample(folder, targets[1]);
    const source = memorySource(readFileSync(path));
    expect(unknownOf(predictDyld({ source, path }, hostOf(), { files: disk })).why).toContain(
      "_other_function",
    );
    const host = {
      ...hostOf(),
      exports: new Set(["_other_function", "_other_data", "__tlv_bootstrap", "dyld_stub_binder"]),
    };
    expect(predictDyld({ source, path }, host, { files: disk }).outcome).toBe("loads");
  });
});

test("a host says what it exports, binds and links", () => {
  const bytes = buildMacho({
    ...exporting("_a"),
    fileType: 2,
    dylibs: [{ name: "/usr/lib/liba.dylib" }],
    rpaths: ["@loader_path"],
    flags: 0x5,
  }).bytes;
  const host = readDyldHost(openMacho(memorySource(bytes)));
  expect([...host.exports]).toEqual(["_a"]);
  expect(host).toMatchObject({
    rpaths: ["@loader_path"],
    signature: { kind: "unsigned" },
  });
  expect(host.libraries.map(({ name }) => name)).toEqual(["/usr/lib/liba.dylib"]);
});
