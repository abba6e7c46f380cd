import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { llvm } from "../../fixtures/oracle.ts";
import { describeWith } from "../../support/need.ts";
import { answerOf, predictLoad, reallyOpen, type Answer } from "./ground.ts";
import { loaders } from "./loaders.ts";
import { buildHost, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-tables-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Outcome = Answer["outcome"];

interface TableCase {
  readonly name: string;
  readonly make: (bench: Workbench) => string;
  /** What is predicted. If a table is passed over, what becomes of the code is unknown, though dlopen may return a handle. */
  readonly glibc: Outcome;
  readonly musl: Outcome;
}

const data = "static int n = 3; int *p = &n; int *answer(void) { return p; }";
const calls = "int host_answer(void); int answer(void) { return host_answer(); }";
const constructor = `${data} static int *q; __attribute__((constructor)) static void start(void) { q = p; }`;
const bare = ["-nostartfiles", "-nostdlib"];
const tag = { rela: 7n, relasz: 8n, relaent: 9n, pltrel: 20n, androidRela: 0x60000011n } as const;

/** Linked by lld. @param options of lld. */
function linked(
  name: string,
  source: string,
  options: readonly string[],
  glibc: Outcome,
  musl: Outcome,
): TableCase {
  const make = (bench: Workbench): string =>
    bench.library(`${name.replace(/\W+/g, "-")}.so`, source, "-B@/lld", ...options);
  return { name, make, glibc, musl };
}

function patched(
  name: string,
  change: Parameters<Workbench["patched"]>[2],
  glibc: Outcome,
  musl: Outcome,
  flags: readonly string[] = [],
): TableCase {
  const file = name.replace(/\W+/g, "-");
  const make = (bench: Workbench): string =>
    bench.patched(
      `${file}.so`,
      bench.library(`${file}-whole.so`, `${calls} ${data.replace("answer", "other")}`, ...flags),
      change,
    );
  return { name, make, glibc, musl };
}

const android = "-Wl,--pack-dyn-relocs=android";

const tableCases: readonly TableCase[] = [
  linked("relocations without addends, with calls", calls, ["-Wl,-z,rel"], "crash", "loads"),
  linked("relocations without addends, with constructors", constructor, ["-Wl,-z,rel"], "crash", "loads"),
  linked("only data without addends", data, ["-Wl,-z,rel", ...bare], "unknown", "loads"),
  linked(
    "constructors without addends, and no calls",
    constructor,
    ["-Wl,-z,rel", ...bare],
    "crash",
    "loads",
  ),
  linked("Android's packed relocations", data, [android, ...bare], "unknown", "unknown"),
  linked("Android's packed constructors", constructor, [android], "crash", "crash"),
  linked(
    "Android's packed relocations without addends",
    data,
    [android, "-Wl,-z,rel", ...bare],
    "unknown",
    "unknown",
  ),
  linked(
    "DT_RELR by Android's number",
    data,
    ["-Wl,--pack-dyn-relocs=relr,--use-android-relr-tags", ...bare],
    "unknown",
    "unknown",
  ),
  linked(
    "constructors in DT_RELR by Android's number",
    constructor,
    ["-Wl,--pack-dyn-relocs=relr,--use-android-relr-tags"],
    "crash",
    "crash",
  ),
  patched(
    "DT_PLTREL of a number that there is not",
    (patch) => patch.dynamic(tag.pltrel, 99n),
    "crash",
    "unknown",
  ),
  patched("DT_PLTREL of DT_REL", (patch) => patch.dynamic(tag.pltrel, 17n), "crash", "unknown"),
  patched(
    "a table with another's number",
    (patch) => patch.retag(tag.rela, tag.androidRela),
    "unknown",
    "unknown",
  ),
  {
    name: "a library whose calls have no addends",
    make: (bench) => {
      const library = bench.library("needed/libcalls.so", calls, "-B@/lld", "-Wl,-z,rel,-soname,libcalls.so");
      return bench.library("needed/plugin.so", "int p;", "-Wl,--no-as-needed,-rpath,$ORIGIN", library);
    },
    glibc: "crash",
    musl: "loads",
  },
];

for (const { name, flavour, machine, linking, loader, lack, optional } of loaders()) {
  describeWith(
    lack ?? (llvm("ld.lld") === undefined ? "no ld.lld" : undefined),
    `relocation tables, ${name}`,
    () => {
      const bench = new Workbench(join(folder, `${flavour}-${machine.id}`), flavour, machine);
      it.each(tableCases)("$name", (each) => {
        if (loader === undefined) return;
        const [host, path] = [buildHost(bench, "exporting", linking), each.make(bench)];
        const told = answerOf(predictLoad(loader, host, path));
        // Constructors of arm64 lie further out: at an address where something else may be.
        if (machine.name === "arm64" && told.outcome === "unknown" && each.name.includes("onstructors"))
          return;
        expect(told.outcome).toBe(each[flavour]);
        const real = reallyOpen(loader, host, path);
        if (told.outcome !== "unknown") expect(told).toEqual(real);
      });
    },
    { optional },
  );
}
