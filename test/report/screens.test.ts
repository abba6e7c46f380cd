import { describe, expect, it } from "vitest";
import { checkAllScreen } from "../../src/report/screen/check-all.ts";
import { inspectScreen } from "../../src/report/screen/inspect.ts";
import { listScreen } from "../../src/report/screen/list.ts";
import type { ScreenOptions } from "../../src/report/screen/layout/style.ts";
import { validateScreen } from "../../src/report/screen/validate.ts";
import { ruleIds } from "../../src/rules/registry.ts";
import * as example from "../support/example-results.ts";
import { lax } from "../support/example-configuration.ts";
import { expectGolden } from "../support/golden.ts";

const everything = [
  example.debug,
  example.kafka,
  example.legacy,
  example.notes,
  example.redact,
  example.universal,
];
const whole = { quiet: false, allowUnknown: false };
const first = { symbols: false, sections: false, dependencies: false };

const screens = {
  list: (options: ScreenOptions) => listScreen(example.listed(everything), options),
  "check-all": (options: ScreenOptions) => checkAllScreen(example.everyVerdict, whole, options),
  "check-all-green": (options: ScreenOptions) => checkAllScreen(example.green, whole, options),
  "check-all-configuration": (options: ScreenOptions) =>
    checkAllScreen(example.green, { ...whole, configuration: lax }, options),
  "check-all-quiet": (options: ScreenOptions) =>
    checkAllScreen(example.everyVerdict, { ...whole, quiet: true }, options),
  "check-all-wide-letters": (options: ScreenOptions) =>
    checkAllScreen(example.checked([example.wide, example.kafka]), whole, options),
  "check-all-two-hosts": (options: ScreenOptions) => checkAllScreen(example.twoHosts, whole, options),
  "validate-two-hosts": (options: ScreenOptions) => validateScreen(example.twoHosts, whole, options),
  validate: (options: ScreenOptions) =>
    validateScreen(example.checked([example.kafka, example.legacy, example.notes]), whole, options),
  "validate-quiet": (options: ScreenOptions) =>
    validateScreen(example.checked([example.kafka, example.debug]), { ...whole, quiet: true }, options),
  inspect: (options: ScreenOptions) => inspectScreen(example.inspected(example.kafka), first, options),
  "inspect-universal": (options: ScreenOptions) =>
    inspectScreen(example.inspected(example.universal), first, options),
  "inspect-all-lists": (options: ScreenOptions) =>
    inspectScreen(
      example.inspected(example.kafka),
      { symbols: true, sections: true, dependencies: true },
      options,
    ),
  "inspect-unreadable": (options: ScreenOptions) =>
    inspectScreen(example.inspected(example.notes), first, options),
};

const places: Readonly<Record<string, ScreenOptions>> = {
  "80": { width: 80, color: 0, unicode: true },
  "200-color": { width: 200, color: 1, unicode: true },
  pipe: { width: null, color: 0, unicode: true },
  "dumb-80": { width: 80, color: 0, unicode: false },
};

it("the quiet screen of check-all has no table if nothing is wrong with a plugin", async () => {
  const result = { ...example.everyVerdict, plugins: [example.debug] };
  const text = await checkAllScreen(
    result,
    { ...whole, quiet: true },
    { width: null, color: 0, unicode: true },
  );
  expect(text).toMatch(/\nPlugins in plugins\/\n\n✗ error {2}1 {2}expected-plugin-missing\n/);
});

describe.each(Object.entries(screens))("the screen of %s", (name, render) => {
  it.each(Object.entries(places))("at %s is the golden one", async (place, options) => {
    await expectGolden(await render(options), `${name}.${place}`);
  });

  it.each([60, 80, 120, 200])("keeps to %i columns, but for commands", async (width) => {
    const text = await render({ width, color: 0, unicode: true });
    const tooLong = text
      .split("\n")
      .filter((line) => line.length > width)
      .filter((line) => !/^ +fix +(GOTOOLCHAIN=|go |cargo )/.test(line));
    expect(tooLong).toEqual([]);
  });

  it("has no line that ends with a space", async () => {
    for (const options of Object.values(places)) {
      expect(
        (await render({ ...options, color: 0 })).split("\n").filter((line) => line.endsWith(" ")),
      ).toEqual([]);
    }
  });

  it("says in a pipe all that it says at 80 columns", async () => {
    const words = (text: string): readonly string[] =>
      text.split(/[^A-Za-z0-9.]+/).filter((word) => word.length > 3);
    const atPipe = await render({ width: null, color: 0, unicode: true });
    const joined = words(atPipe).join("");
    const notThere = words(await render({ width: 200, color: 0, unicode: true })).filter(
      (word) => !joined.includes(word),
    );
    expect(notThere).toEqual([]);
  });

  it("is the same with color, but for the colors", async () => {
    const plain = await render({ width: 80, color: 0, unicode: true });
    const colored = await render({ width: 80, color: 3, unicode: true });
    // eslint-disable-next-line no-control-regex -- the colors
    expect(colored.replace(/\x1b\[[0-9;]*m/g, "")).toBe(plain);
  });

  it("holds nothing but ASCII where only that is shown right", async () => {
    if (name === "check-all-wide-letters") return;
    const text = await render({ width: 80, color: 0, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

describe("what a Go plugin exports", () => {
  const pipe: ScreenOptions = { width: null, color: 0, unicode: true };
  const shown = async (path: string, names: readonly string[]): Promise<readonly string[]> => {
    const whole = example.inspected(example.kafka);
    const details = whole.details.map((each) => ({
      ...each,
      facts: { plugin_path: { known: true, value: path, from: "moduledata" } as const },
      exportedSymbols: names.map((name) => ({ name, type: "function", size: 1, address: "0x1" })),
    }));
    const text = await inspectScreen({ ...whole, details }, first, pipe);
    const list = /^Exported symbols .*\n((?: {2}.*\n)+)/m.exec(text)?.[1] ?? "";
    return list.split("\n").flatMap((line) => line.trim().split(/ {2,}/, 1));
  };
  const runtime = Array.from({ length: 20 }, (_, at) => `runtime.f${at}`);

  it("begins with what plugin.Lookup finds, then the rest of its main package", async () => {
    const own = ["example.com/plug.init", "example.com/plug.NewFactory", "example.com/plug.Δelta"];
    const near = ["example.com/plug/sub.New", "example.com/plugs.New", "example.com/plug.Type.Method"];
    expect((await shown("example.com/plug", [...runtime, ...near, ...own])).slice(0, 5)).toEqual([
      "example.com/plug.NewFactory",
      "example.com/plug.Δelta",
      "example.com/plug.Type.Method",
      "example.com/plug.init",
      "runtime.f0",
    ]);
  });

  it("is found by the path as symbols spell it, in Mach-O after an underscore", async () => {
    expect((await shown("example.com/plug.v2", [...runtime, "example.com/plug%2ev2.New"]))[0]).toBe(
      "example.com/plug%2ev2.New",
    );
    expect((await shown("example.com/plug", [...runtime, "_example.com/plug.New"]))[0]).toBe(
      "_example.com/plug.New",
    );
  });
});

describe("facts that are unknown", () => {
  it("are one line after those that are known", async () => {
    const whole = example.inspected(example.kafka);
    const facts = {
      minimum_os: { known: false, why: "it has no note that says so" },
      panic: { known: false, why: "it is stripped" },
      glibc: { known: true, value: "2.34", from: "version needs" },
    } as const;
    const result = { ...whole, details: whole.details.map((each) => ({ ...each, facts })) };
    const text = await inspectScreen(result, first, { width: null, color: 0, unicode: true });
    expect(text).toContain(
      "\nOther facts  1\n  glibc needed  2.34  version needs\n  unknown: minimum OS version, panic (--json says why)\n\n",
    );
    expect(text).not.toContain("it has no note");
  });

  it("have each reason once under the manifest's table", async () => {
    const none = { known: false, why: "no stamp was found" } as const;
    const evidence = {
      language: none,
      toolchain_version: none,
      build_flags: { known: false, why: "only Go records it" },
      arch: { known: true, value: "x86_64", from: "e_machine" },
      os: { known: false, why: "no note" },
      libc: { known: false, why: "no note" },
    } as const;
    const whole = example.inspected(example.kafka);
    const slices = whole.slices.map((each) => ({ ...each, evidence }));
    const text = await inspectScreen({ ...whole, slices }, first, { width: null, color: 0, unicode: true });
    expect(text).toMatch(/^toolchain_version +go1\.26\.8 +unknown$/m);
    expect(text).toMatch(/^target +linux\/amd64 +x86_64, os and libc unknown +e_machine +agrees$/m);
    expect(text).toContain(
      [
        "\nUnknown",
        "  language, toolchain_version: no stamp was found",
        "  build_flags: only Go records it",
        "  os, libc: no note\n\n",
      ].join("\n"),
    );
  });

  it("are one line of a plugin without a manifest, too", async () => {
    const evidence = {
      language: { known: true, value: "rust", from: ".comment" },
      build_profile: { known: false, why: "no evidence of a build profile" },
      build_flags: { known: false, why: "only Go records it" },
    } as const;
    const whole = example.inspected(example.legacy);
    const slices = whole.slices.map((each) => ({ ...each, manifests: [], evidence }));
    const text = await inspectScreen({ ...whole, slices }, first, { width: null, color: 0, unicode: true });
    expect(text).toMatch(
      /\nlanguage +rust +\.comment\nunknown: build_profile, build_flags \(--json says why\)\n/,
    );
    expect(text).not.toContain("only Go records it");
  });
});

describe("the table of check-all", () => {
  it("has the worst first, and plugins with one verdict in their order", async () => {
    const text = await checkAllScreen(example.everyVerdict, whole, { width: null, color: 0, unicode: true });
    const [table = ""] = text.split("\n\n");
    const names = [...table.matchAll(/^[✗?✓] +(\S+)/gm)].map(([, name]) => name);
    expect(names).toEqual([
      "kafkaexporter.so",
      "redact.so",
      "notes.so",
      "legacy.so",
      "debugexporter.so",
      "filter.dylib",
    ]);
  });

  it("never gives up a name or a verdict for want of room", async () => {
    const text = await checkAllScreen(example.everyVerdict, whole, { width: 40, color: 0, unicode: true });
    for (const verdict of ["incompatible", "unreadable", "unknown", "compatible"]) {
      expect(text).toMatch(new RegExp(`^[✗?✓] .* ${verdict}`, "m"));
    }
  });

  it("keeps what decides at 80 columns, and cuts the reason of an unreadable file", async () => {
    const evidence = {
      toolchain_version: { known: true, value: "1.95.0 (59807616e 2026-04-14)", from: "" },
    } as const;
    const plugin = { ...example.legacy, path: `plugins/${"n".repeat(20)}.so`, evidence };
    const result = example.checked([plugin, example.notes, example.kafka]);
    const narrow = await checkAllScreen(result, whole, { width: 80, color: 0, unicode: false });
    expect(narrow).toMatch(/^ +PLUGIN +LANGUAGE +TOOLCHAIN +.*VERDICT$/m);
    expect(narrow).toMatch(/^x {2}notes\.so .* unreadable +the fi.*\.\.\.\n[x?+] /m);
    const pipe = await checkAllScreen(result, whole, { width: null, color: 0, unicode: true });
    expect(pipe).toMatch(
      /^✗ {2}notes\.so .* unreadable +the file is not ELF or Mach-O \(text\) at offset 0x0$/m,
    );
  });

  it.each([null, 80, 200])("cuts a claim of 5,000 characters, at a width of %s", async (width) => {
    const value = {
      toolchain_version: "t".repeat(5000),
      target: "長".repeat(5000),
      version: "v".repeat(5000),
    };
    const long = <Each extends { readonly value: unknown }>(manifest: Each): Each => ({ ...manifest, value });
    const manifest = example.kafka.manifest && long(example.kafka.manifest);
    const plugin = { ...example.kafka, manifest };
    const options = { width, color: 0, unicode: true } as const;
    const inspected = example.inspected(example.kafka);
    const slices = inspected.slices.map((each) => ({ ...each, manifests: each.manifests.map(long) }));
    for (const text of [
      await checkAllScreen(example.checked([plugin]), whole, options),
      await listScreen(example.listed([plugin]), options),
      await inspectScreen({ ...inspected, slices }, first, options),
    ]) {
      expect(text).toContain("…");
      const most = Math.min(width ?? 200, 200);
      expect(text.split("t").length).toBeLessThan(most + 400);
      expect(text.replace(/[^t…]/g, "")).toContain("t".repeat(most - 1) + "…");
    }
  });

  it.each([
    [40, 7, "7 causes"],
    [80, 2, "causes 1, 2"],
    [80, 12, "causes 1 and 11 more"],
    [88, 12, "causes 1, 2, 3, 4 and 8 more"],
    [92, 7, "causes 1, 2, 3, 4, 5, 6, 7"],
    [200, 12, "causes 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"],
  ])("at %i columns says of %i causes: %s", async (width, count, said) => {
    const findings = ruleIds
      .filter((rule) => rule !== "manifest-missing")
      .slice(0, count)
      .map((rule) => ({ rule, severity: "error" as const, message: `message of ${rule}`, fix: [] }));
    const plugin = { ...example.redact, findings };
    const text = await checkAllScreen(example.checked([plugin]), whole, { width, color: 0, unicode: true });
    expect(text).toMatch(new RegExp(`^✗ +redact\\.so .*incompatible +${said}$`, "m"));
  });

  it("has a word beside every mark", async () => {
    const text = await checkAllScreen(example.everyVerdict, whole, { width: 80, color: 0, unicode: true });
    const marked = text.split("\n").filter((line) => /^\s*[✗?✓!] /.test(line));
    expect(marked.length).toBeGreaterThan(8);
    for (const line of marked) {
      expect(line).toMatch(/incompatible|unreadable|unknown|compatible|error|warning/);
    }
  });
});

describe("a name that leaves no room", () => {
  const path = `plugins/${"deep/".repeat(8)}kafkaexporter.so`;
  const at80: ScreenOptions = { width: 80, color: 0, unicode: true };

  it("has what inspect knows of the file under it, with dots only between", async () => {
    const text = await inspectScreen({ ...example.inspected(example.kafka), path }, first, at80);
    expect(text.split("\n").slice(0, 4)).toEqual([
      path,
      "  ELF 64-bit shared library · x86_64 · stripped · 48,212,345 bytes",
      "  build id 5f0c9a7be2d14c0a",
      "",
    ]);
  });

  it("has each manifest of the host under it", async () => {
    const { host, ...rest } = example.checked([example.debug]);
    const result = { ...rest, host: host === null ? null : { ...host, path } };
    expect((await validateScreen(result, whole, at80)).split("\n").slice(0, 3)).toEqual([
      `Host  ${path}`,
      "      go1.26.8 · linux/amd64 · 2 dependencies",
      "      rust 1.95.0 · x86_64-unknown-linux-gnu · 1 dependency",
    ]);
  });
});

describe("validate", () => {
  const check = { status: "unknown", decisive: true } as const;
  const reason = "the plugin has no build information: no usable manifest, no stamp";
  const loader = {
    outcome: "unknown",
    opener: "dlopen",
    message: null,
    reason: "no host is known",
    check: null,
    further: [],
    needs: [],
  } as const;
  const plugin = {
    ...example.legacy,
    findings: [],
    loader,
    checks: [
      { ...check, rule: "toolchain-mismatch", reason },
      { ...check, rule: "dependency-mismatch", reason },
      { ...check, rule: "target-mismatch", reason: "no target" },
      { ...check, rule: "loader-refuses", reason: loader.reason },
    ],
  } as const;

  it("says the reason of several checks once", async () => {
    const text = await validateScreen(example.checked([plugin]), whole, {
      width: 80,
      color: 0,
      unicode: true,
    });
    expect(text).toContain(`  ? toolchain, dependencies:\n    ${reason}\n  ? target:\n    no target\n`);
  });

  it.each([null, 80])("says the loader's answer once, at a width of %s", async (width) => {
    const text = await validateScreen(example.checked([plugin]), whole, { width, color: 0, unicode: true });
    expect(text.split(loader.reason).length).toBe(2);
    expect(text).toContain(`\n\n  loader  has an unknown answer: ${loader.reason}\n`);
  });

  it("says the loader's answer for each slice of a universal file", async () => {
    const checks = ["x86_64", "aarch64"].map((arch) => ({
      ...check,
      rule: "loader-refuses" as const,
      arch,
      reason: `${arch} is refused`,
    }));
    const text = await validateScreen(example.checked([{ ...plugin, checks }]), whole, {
      width: 80,
      color: 0,
      unicode: true,
    });
    expect(text).toContain("    x86_64 is refused\n");
    expect(text).toContain("    aarch64 is refused\n");
  });
});

describe("many plugins", () => {
  it("take time in proportion to their number", async () => {
    const many = (count: number) =>
      example.checked(Array.from({ length: count }, (_, at) => ({ ...example.debug, path: `p/${at}.so` })));
    const timed = async (count: number): Promise<number> => {
      const result = many(count);
      const start = performance.now();
      await checkAllScreen(result, whole, { width: 120, color: 1, unicode: true });
      return performance.now() - start;
    };
    await timed(200);
    const [some, tenfold] = [await timed(1000), await timed(10_000)];
    expect(tenfold).toBeLessThan(Math.max(some, 20) * 40);
  });
});
