import { describe, expect, it } from "vitest";
import { known } from "../../../src/evidence/fact.ts";
import { predictPluginOpen } from "../../../src/loader/go/plugin-open.ts";
import type { GoHost } from "../../../src/loader/go/host.ts";
import type { Fails, Prediction } from "../../../src/loader/prediction.ts";
import { host, noFact, plugin, request } from "./example.ts";

function fails(prediction: Prediction): Fails {
  if (prediction.outcome === "loads" || prediction.outcome === "unknown") throw new Error(prediction.outcome);
  return prediction;
}

const changed = { runtime: "b1", "example.com/dep/x": "c1" };
const hashText = 'plugin.Open("./p"): plugin was built with a different version of package runtime';

const refusing: Prediction = {
  outcome: "refused",
  first: { outcome: "refused", check: "magic", message: "/x/p.so: invalid ELF header", cause: "no ELF" },
  further: [],
  needs: ["libssl.so.3"],
};

describe("a plugin that goes with the host", () => {
  it("is unknown if dlopen's answer is, with its needs", () => {
    const dlopen = { outcome: "unknown", why: "It loads only if …", needs: ["glibc >= 2.34"] } as const;
    expect(predictPluginOpen(plugin(), host(), request({ dlopen }))).toEqual(dlopen);
  });

  it("loads with what dlopen takes for granted", () => {
    const dlopen = { outcome: "loads", needs: ["a certificate"] } as const;
    expect(predictPluginOpen(plugin(), host(), request({ dlopen }))).toEqual(dlopen);
  });

  it("loads where the host has other packages than it", () => {
    const packageHashes = known(new Map([["fmt", "11"]]), "dynamic symbols");
    expect(predictPluginOpen(plugin(), host({ packageHashes }), request()).outcome).toBe("loads");
  });
});

describe("what differs", () => {
  const prediction = fails(predictPluginOpen(plugin({}, changed), host(), request()));

  it("is told in the loader's words for the first package", () => {
    expect(prediction.first).toMatchObject({
      outcome: "refused",
      check: "package-hash",
      message: hashText,
      subject: "runtime",
      plugin: { value: "b1", from: "go:link.pkghash.runtime" },
      host: { value: "bb", from: "go:link.pkghash.runtime" },
    });
  });

  it("is told for the others as well", () => {
    expect(prediction.further.map(({ subject }) => subject)).toEqual(["example.com/dep/x"]);
  });
});

describe("the name in the error", () => {
  it.each([
    ["./p.so", "./p"],
    ["p.so", "p"],
    [".so", ".so"],
    ["a.so.so", "a.so"],
    ["p", "p"],
    ["p.dylib", "p.dylib"],
    ["é.so", "é"],
  ])("%s is %s", (name, shown) => {
    const { first } = fails(predictPluginOpen(plugin({}, changed), host(), request({ name })));
    expect(first.message).toBe(hashText.replace("./p", shown));
  });

  it("is whole where dlopen refuses the file", () => {
    const { first, needs } = fails(predictPluginOpen(undefined, host(), request({ dlopen: refusing })));
    expect(first.message).toBe('plugin.Open("./p.so"): /x/p.so: invalid ELF header');
    expect(needs).toEqual(["libssl.so.3"]);
  });

  it("is whole where there is no file", () => {
    const { first } = fails(predictPluginOpen(undefined, host(), request({ realPath: null })));
    expect(first).toMatchObject({ check: "realpath", message: 'plugin.Open("./p.so"): realpath failed' });
  });
});

describe("what dlopen refuses", () => {
  it("comes before what the runtime would say", () => {
    const { first, further } = fails(
      predictPluginOpen(plugin({}, changed), host(), request({ dlopen: refusing })),
    );
    expect([first, ...further].map(({ check }) => check)).toEqual(["magic", "package-hash", "package-hash"]);
  });

  it("is left open where dlopen's answer is, and nothing else decides", () => {
    const dlopen = { outcome: "unknown", why: "No target is given.", needs: [] } as const;
    expect(predictPluginOpen(plugin(), host(), request({ dlopen }))).toEqual(dlopen);
  });

  it("leaves the words open, not the outcome, where something else decides", () => {
    const dlopen = { outcome: "unknown", why: "No target is given.", needs: [] } as const;
    const { first, unknown } = fails(predictPluginOpen(plugin({}, changed), host(), request({ dlopen })));
    expect(first).toMatchObject({ check: "package-hash", message: null });
    expect(unknown).toBe("No target is given.");
  });

  it("is handed on from the stub of a static musl", () => {
    const message = "Dynamic loading not supported";
    const first = { outcome: "refused", check: "no-loader", message, cause: "musl" } as const;
    const dlopen = { outcome: "refused", first, further: [], needs: [] } as const;
    const ability = { ...host().ability, dynamic: known(false, "no PT_INTERP") };
    const prediction = fails(predictPluginOpen(plugin(), host({ ability }), request({ dlopen })));
    expect(prediction.first).toMatchObject({ outcome: "refused", check: "no-loader" });
    expect(prediction.first.message).toMatch(/^plugin\.Open\(".*"\): Dynamic loading not supported$/);
  });

  it("does not count where no dlopen was found in a host that must have one", () => {
    const first = { outcome: "refused", check: "no-loader", message: null, cause: "static" } as const;
    const dlopen = { outcome: "refused", first, further: [], needs: [] } as const;
    const ability = { ...host().ability, dynamic: known(false, "no PT_INTERP") };
    const prediction = fails(predictPluginOpen(plugin(), host({ ability }), request({ dlopen })));
    expect(prediction.first).toMatchObject({ outcome: "crash", check: "no-module-data", message: null });
  });

  it("is all that is known of a file that cannot be read", () => {
    expect(predictPluginOpen(undefined, host(), request()).outcome).toBe("unknown");
  });
});

describe("a host", () => {
  const abilities: readonly (readonly [string, Partial<GoHost["ability"]>, unknown])[] = [
    [
      "without package plugin never asks",
      { pluginPackage: known("absent", "its data") },
      { outcome: "refused", first: { check: "not-implemented", message: null } },
    ],
    [
      "with its stub refuses everything",
      { pluginPackage: known("stub", "its data") },
      { outcome: "refused", first: { check: "not-implemented", message: "plugin: not implemented" } },
    ],
    [
      "that is static ends itself",
      { dynamic: known(false, "no PT_INTERP") },
      {
        outcome: "crash",
        first: { check: "no-module-data", message: "fatal error: runtime: no plugin module data" },
      },
    ],
    ["that nothing is known of leaves it open", { pluginPackage: noFact }, { outcome: "unknown" }],
  ];
  it.each(abilities)("%s", (_, ability, expected) => {
    const given = host({ ability: { ...host().ability, ...ability } });
    expect(predictPluginOpen(plugin(), given, request())).toMatchObject(expected as object);
  });

  it("with the stub does not even look for the file", () => {
    const ability = { ...host().ability, pluginPackage: known("stub" as const, "its data") };
    const { first } = fails(
      predictPluginOpen(undefined, host({ ability }), request({ realPath: null, dlopen: refusing })),
    );
    expect(first.message).toBe("plugin: not implemented");
  });

  it("that is a library leaves it open", () => {
    const kind = known("shared-library" as const, "e_type");
    expect(predictPluginOpen(plugin(), host({ kind }), request()).outcome).toBe("unknown");
  });

  it("that does not export its list of modules ends itself", () => {
    const offersModuleList = known(false, "no dynamic symbol");
    const { first } = fails(predictPluginOpen(plugin(), host({ offersModuleList }), request()));
    expect(first).toMatchObject({ outcome: "crash", check: "no-module-data" });
  });

  it("whose hashes cannot be read leaves it open", () => {
    expect(predictPluginOpen(plugin(), host({ packageHashes: noFact }), request()).outcome).toBe("unknown");
  });
});

describe("a function table of a newer Go", () => {
  it("is taken for granted, and said to be", () => {
    const newer = plugin({ functionTable: known("newer", "header"), openingTables: undefined });
    const prediction = predictPluginOpen(newer, host(), request());
    expect(prediction).toMatchObject({ outcome: "loads" });
    expect(prediction.needs).toEqual([expect.stringContaining("newer than all whose layout is known")]);
  });

  it("is unknown if its header is of no release", () => {
    expect(predictPluginOpen(plugin({ functionTable: noFact }), host(), request()).outcome).toBe("unknown");
  });
});

describe("a moduledata", () => {
  it("of another size is never heard of, which ends the host", () => {
    const layout = known({ size: 73, packageHashes: 55 }, "symbol");
    const release = known({ exact: "go1.25.8" }, ".go.buildinfo");
    const { first } = fails(predictPluginOpen(plugin({ layout, release }), host(), request()));
    expect(first).toMatchObject({
      outcome: "crash",
      check: "no-module-data",
      message: "fatal error: runtime: no plugin module data",
      plugin: { value: "moduledata of 73 words" },
    });
    expect(first.cause).toContain("built with go1.25.8, the host with go1.26.8");
  });

  it.each([
    ["sizes", noFact],
    ["fields", known({ size: 74, packageHashes: undefined }, "symbol")],
  ])("whose %s are not known leaves it open across releases alone", (_, layout) => {
    const release = known({ exact: "go1.28.1" }, ".go.buildinfo");
    expect(predictPluginOpen(plugin({ layout, release }), host(), request()).outcome).toBe("unknown");
    const same = { layout, release };
    expect(predictPluginOpen(plugin(same), host(same), request()).outcome).toBe("loads");
  });

  it("without a plugin path ends the host", () => {
    const table = plugin().table;
    if (!table.known) throw new Error("the example has a table");
    const pathless = known({ ...table.value, path: "", symbolPath: "" }, table.from);
    expect(predictPluginOpen(plugin({ table: pathless }), host(), request())).toMatchObject({
      outcome: "crash",
      first: { check: "no-plugin-path", message: "fatal error: runtime: plugin has empty pluginpath" },
    });
  });

  it("with more exported names than there are symbols is refused, in words that are not known", () => {
    const exports = known([], "dynamic symbols");
    const { first } = fails(predictPluginOpen(plugin({ exports }), host(), request()));
    expect(first).toMatchObject({ outcome: "refused", check: "missing-export", message: null });
  });

  it("whose table cannot be read leaves it open", () => {
    expect(predictPluginOpen(plugin({ table: noFact }), host(), request()).outcome).toBe("unknown");
  });
});

it("hashes that a Mach-O plugin may compare with its own leave it open", () => {
  const asksHost = known(false, "not bound by name");
  expect(predictPluginOpen(plugin({ asksHost }, changed), host(), request()).outcome).toBe("unknown");
  expect(predictPluginOpen(plugin({ asksHost }), host(), request()).outcome).toBe("loads");
});

describe("Go 1.9", () => {
  const release = known({ from: "go1.8", to: "go1.9" }, "moduledata");
  const old = host({ release });

  it.each([
    [request({ realPath: null }), "plugin.Open(./p.so): realpath failed"],
    [request({ dlopen: refusing }), "plugin.Open: /x/p.so: invalid ELF header"],
    [request(), "plugin.Open: plugin was built with a different version of package runtime"],
  ])("has its own words: %#", (given, message) => {
    expect(fails(predictPluginOpen(plugin({}, changed), old, given)).first.message).toBe(message);
  });
});
