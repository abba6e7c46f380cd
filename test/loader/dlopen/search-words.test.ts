import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { describeWith } from "../../support/need.ts";
import { answerOf, predictLoad, reallyOpen } from "./ground.ts";
import { loaders } from "./loaders.ts";
import { buildHost, Workbench } from "./workbench.ts";

const folder = mkdtempSync(join(tmpdir(), "dlopen-words-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a library that is nowhere is looked for in: with DF_1_NODEFLIB only the folders that are named. */
const searches: readonly (readonly [name: string, flags: readonly string[]])[] = [
  ["no folder at all", ["-Wl,-z,nodefaultlib"]],
  ["a folder that does not exist", ["-Wl,-z,nodefaultlib,-rpath,/nowhere"]],
  ["a file instead of a folder", ["-Wl,-z,nodefaultlib,-rpath,/etc/passwd"]],
  ["a file, and then no folder", ["-Wl,-z,nodefaultlib,-rpath,/etc/passwd:/nowhere"]],
  ["no folder, and then a file", ["-Wl,-z,nodefaultlib,-rpath,/nowhere:/etc/passwd"]],
  ["a folder that lacks it", ["-Wl,-z,nodefaultlib,-rpath,/etc"]],
  ["a file and the usual folders", ["-Wl,-rpath,/etc/passwd"]],
];

for (const { name, flavour, machine, linking, loader, lack, optional } of loaders()) {
  describeWith(
    lack,
    `the words for what is not found, ${name}`,
    () => {
      const bench = new Workbench(join(folder, `${flavour}-${machine.id}`), flavour, machine);
      const libraryOf = (soname: string): string =>
        bench.library(
          `stub-${soname.length}/libdep.so`,
          "int dep(void) { return 1; }",
          `-Wl,-soname,${soname}`,
        );
      const pluginOf = (stem: string, soname: string, flags: readonly string[]): string =>
        bench.library(
          `${stem}.so`,
          "int dep(void); int answer(void) { return dep(); }",
          libraryOf(soname),
          ...flags,
        );

      it.each(searches)("in %s", (search, flags) => {
        if (loader === undefined) return;
        const host = buildHost(bench, "plain", linking);
        const plugin = pluginOf(search.replace(/\W+/g, "-"), "libdep.so", flags);
        expect(answerOf(predictLoad(loader, host, plugin))).toEqual(reallyOpen(loader, host, plugin));
      });

      it.each([255, 256, 300])("of a name of %i bytes", (length) => {
        if (loader === undefined) return;
        const host = buildHost(bench, "plain", linking);
        const plugin = pluginOf(`long-${length}`, "l".repeat(length), []);
        const [told, real] = [answerOf(predictLoad(loader, host, plugin)), reallyOpen(loader, host, plugin)];
        // Musl prints whatever errno was before.
        expect(told).toEqual(flavour === "musl" && length > 255 ? { ...real, message: null } : real);
      });

      it("is not said of a path that is not UTF-8", () => {
        if (loader === undefined) return;
        const host = buildHost(bench, "plain", linking);
        const plain = pluginOf("bytes", "libdep.so", ["-Wl,-rpath,$ORIGIN/caf_"]);
        const plugin = bench.patched("bytes-patched.so", plain, (patch) => {
          const at = patch.bytes.indexOf("/caf_\0");
          patch.put(at + 4, 1, 0xe9);
        });
        const place = Buffer.concat([Buffer.from(join(bench.folder, "caf")), Buffer.from([0xe9])]);
        mkdirSync(place, { recursive: true });
        copyFileSync(libraryOf("libdep.so"), Buffer.concat([place, Buffer.from("/libdep.so")]));
        expect(reallyOpen(loader, host, plugin).outcome).toBe("loads");
        expect(predictLoad(loader, host, plugin)).toMatchObject({
          outcome: "unknown",
          why: expect.stringContaining("not UTF-8") as string,
        });
      });
    },
    { optional },
  );
}
