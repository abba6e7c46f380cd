import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { disk } from "../../src/files/disk.ts";
import { openSystem } from "../../src/loader/elf/system.ts";
import { predictPluginOpen } from "../../src/loader/go/plugin-open.ts";
import type { Obstacle } from "../../src/loader/obstacle.ts";
import { causeOf, predictionOf, stepsOf, type Prediction } from "../../src/loader/prediction.ts";
import { assumption, need, obstacle, unknown, unknownFromHere, type Step } from "../../src/loader/step.ts";
import { buildMacho } from "../support/macho-builder.ts";
import { need as needProgram } from "../support/need.ts";
import { predictFor, readHost } from "./dlopen/ground.ts";
import { buildHost, Workbench } from "./dlopen/workbench.ts";
import { armHost, predict as predictDyld } from "./dyld/open-host.ts";
import { armLibrary, signedMacho, unnamed } from "./dyld/signed-macho.ts";
import { host, noFact, plugin, request } from "./go/example.ts";

const folder = mkdtempSync(join(tmpdir(), "prediction-"));
const bench = new Workbench(folder, "glibc");

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What glibc answers to a library; 1,700 bytes of thread-local data fit or not, depending on how sizes are rounded. */
function dlopen(source: string, ...flags: readonly string[]): Prediction {
  needProgram("gcc");
  const system = openSystem({ files: disk, root: "/" });
  const path = bench.library("x.so", source, "-ftls-model=initial-exec", ...flags);
  return predictFor(readHost({ system }, buildHost(bench, "plain")), system, path);
}

const unsure = "__thread char data[1700] = {1}; char *at(void) { return data; }";
const lacking = "int nowhere(void); int answer(void) { return nowhere(); }";
const gone = (): string => bench.library("stubs/libgone.so", "int gone;", "-Wl,-soname,libgone.so");
const linkingGone = (): readonly string[] => ["-Wl,--no-as-needed", gone()];

const noTarget: Prediction = { outcome: "unknown", why: "No target is given.", needs: [] };
const refusing: Prediction = {
  outcome: "refused",
  first: {
    outcome: "refused",
    check: "magic",
    message: "/x/p.so: invalid ELF header",
    cause: "It is a text.",
  },
  further: [],
  needs: [],
};
const differing = plugin({}, { runtime: "b1" });

/** A symbol that any image may define, and the host does not. */
const flatSymbol = { ...armLibrary, imports: [] };

interface Row {
  readonly loader: "plugin.Open" | "dlopen" | "dyld";
  readonly predict: () => Prediction;
  readonly check?: Obstacle["check"];
}

const program = { ...unnamed(armLibrary), fileType: 2 };

/** Something unknown, and an obstacle behind it that is certain. */
const unknownFirst: readonly Required<Row>[] = [
  {
    loader: "plugin.Open",
    predict: () => predictPluginOpen(differing, host(), request({ dlopen: noTarget })),
    check: "package-hash",
  },
  { loader: "dlopen", predict: () => dlopen(`${unsure}\n${lacking}`), check: "undefined-symbol" },
  // Whether macOS loads an executable is unknown.
  { loader: "dyld", predict: () => predictDyld(buildMacho(program).bytes, armHost), check: "unsigned" },
];

/** An obstacle, and something unknown behind it. */
const obstacleFirst: readonly Required<Row>[] = [
  {
    loader: "plugin.Open",
    predict: () =>
      predictPluginOpen(plugin(), host({ packageHashes: noFact }), request({ dlopen: refusing })),
    check: "magic",
  },
  {
    loader: "dlopen",
    predict: () => dlopen(`${unsure}\nint nothing;`, "-Wl,-z,nodlopen"),
    check: "no-dlopen",
  },
  {
    loader: "dyld",
    predict: () =>
      predictDyld(buildMacho({ ...flatSymbol, dylibs: [{ name: "/opt/libx.dylib" }] }).bytes, armHost),
    check: "unsigned",
  },
];

/** Something unknown, and nothing else. */
const unknownAlone: readonly Row[] = [
  {
    loader: "plugin.Open",
    predict: () => predictPluginOpen(plugin(), host({ packageHashes: noFact }), request()),
  },
  { loader: "dlopen", predict: () => dlopen(unsure) },
  { loader: "dyld", predict: () => predictDyld(signedMacho(program), armHost) },
];

/** Something unknown that decides whether there is an obstacle behind it. */
const unknownDecides: readonly Row[] = [
  {
    loader: "plugin.Open",
    predict: () => predictPluginOpen({ ...differing, asksHost: noFact }, host(), request()),
  },
  // What libx.so filters may define the symbol.
  { loader: "dlopen", predict: () => dlopen(lacking, "-Wl,-f,libfiltered.so", ...linkingGone()) },
  { loader: "dlopen", predict: () => dlopen(lacking, "-Wl,-f,libfiltered.so") },
];

describe("a prediction of any loader", () => {
  it.for(unknownFirst)("fails in an unknown message if something unknown comes first: $loader", (row) => {
    const prediction = row.predict();
    expect(prediction).toMatchObject({ outcome: "refused", first: { check: row.check, message: null } });
    expect("unknown" in prediction && prediction.unknown).toMatch(/^[A-Z].*\.$/);
  });

  it.for(obstacleFirst)("has the exact message if something unknown comes later: $loader", (row) => {
    const prediction = row.predict();
    expect(prediction).toMatchObject({
      outcome: "refused",
      first: { check: row.check, message: expect.any(String) as string },
    });
    expect(prediction).not.toHaveProperty("unknown");
  });

  it.for([...unknownAlone, ...unknownDecides])("never passes over something unknown: $loader", (row) => {
    expect(row.predict()).toMatchObject({
      outcome: "unknown",
      why: expect.stringMatching(/^[A-Z/].*\.$/) as string,
    });
  });
});

describe("the steps of a loader", () => {
  const one: Obstacle = {
    outcome: "refused",
    check: "magic",
    message: "x: invalid ELF header",
    cause: "It is a text.",
  };
  const two: Obstacle = { ...one, check: "truncated", outcome: "crash", message: "no words" };

  it("all pass: the file loads, with what is taken for granted", () => {
    expect(predictionOf([])).toEqual({ outcome: "loads", needs: [] });
    expect(predictionOf([assumption("a certificate")])).toEqual({
      outcome: "loads",
      needs: ["a certificate"],
    });
  });

  it("leave needs open: unknown, with every need once and the flags that tell", () => {
    const steps = [
      need("glibc >= 2.34", "glibc"),
      need("libx.so", "sysroot"),
      need("glibc >= 2.34", "glibc"),
      assumption("a certificate"),
    ];
    expect(predictionOf(steps)).toEqual({
      outcome: "unknown",
      why: "It loads only if the target has glibc >= 2.34, libx.so, which is not known. Pass --target-glibc or --sysroot to find out.",
      needs: ["glibc >= 2.34", "libx.so", "a certificate"],
    });
  });

  it("name five needs, and count the others", () => {
    const why = predictionOf([1, 2, 3, 4, 5, 6, 7].map((number) => need(`lib${number}.so`)));
    expect(why).toMatchObject({
      why: "It loads only if the target has lib1.so, lib2.so, lib3.so, lib4.so, lib5.so and 2 more, which is not known.",
    });
  });

  it("keep an open need open when another loader's answer is made of them", () => {
    const inner = predictionOf([need("libx.so")]);
    expect(predictionOf(stepsOf(inner))).toEqual(inner);
  });

  it("list what comes after the first obstacle", () => {
    expect(predictionOf([obstacle(one), obstacle(two)])).toEqual({
      outcome: "refused",
      first: one,
      further: [two],
      needs: [],
    });
  });

  it("claim no message that comes after something unknown", () => {
    const prediction = predictionOf([obstacle(one), unknown("A is unknown."), obstacle(two)]);
    expect(prediction).toEqual({
      outcome: "refused",
      first: one,
      further: [{ ...two, message: null }],
      needs: [],
    });
  });

  it("keep the outcome of the obstacle after something unknown, and count what else is unknown", () => {
    const steps = [
      unknown("A is unknown."),
      unknown("B is unknown."),
      unknown("A is unknown."),
      obstacle(two),
    ];
    const prediction = predictionOf(steps);
    expect(prediction).toEqual({
      outcome: "crash",
      first: { ...two, message: null },
      further: [],
      unknown: "A is unknown. One more thing is unknown.",
      needs: [],
    });
    expect("first" in prediction && causeOf(prediction)).toBe(
      "It is a text. The loader may stop earlier with another message: A is unknown. One more thing is unknown.",
    );
  });

  it("are not read behind the one at which the walk ends", () => {
    function* steps(): Generator<Step> {
      yield unknownFromHere("A is unknown.");
      throw new Error("read on");
    }
    expect(predictionOf(steps())).toEqual({ outcome: "unknown", why: "A is unknown.", needs: [] });
  });
});
