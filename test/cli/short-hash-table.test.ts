import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hostSource, Workbench } from "../loader/dlopen/workbench.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

/*
 * With both hash tables glibc looks only into DT_GNU_HASH: a DT_HASH that counts too few symbols keeps no file from being loaded. Every
 * command is asked of such a plugin, host and library: one that reads a file after it is closed ends with exit code 2.
 */

const folder = mkdtempSync(join(tmpdir(), "plugins-short-hash-"));
const at = (...names: readonly string[]): string => join(folder, ...names);
const bothTables = "-Wl,--hash-style=both";

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Makes a copy of the file whose DT_HASH leaves out the last symbols. */
function shorten(from: string, to: string, left: number): void {
  const bytes = readFileSync(from);
  const headers = Number(bytes.readBigUInt64LE(40));
  for (let index = 0; index < bytes.readUInt16LE(60); index++) {
    const header = headers + index * 64;
    // SHT_HASH; the content begins with the number of buckets, and that of symbols.
    if (bytes.readUInt32LE(header + 4) !== 5) continue;
    const chains = Number(bytes.readBigUInt64LE(header + 24)) + 4;
    bytes.writeUInt32LE(bytes.readUInt32LE(chains) - left, chains);
    writeFileSync(to, bytes, { mode: 0o755 });
    return;
  }
  throw new Error(`${from} has no DT_HASH`);
}

const commands: readonly (readonly string[])[] = [
  ["list", "set"],
  ["inspect", "set/plugin.so"],
  ["inspect", "set/libdep.so", "--symbols"],
  ["inspect", "host"],
  ["validate", "set/plugin.so", "--host", "host"],
  ["check-all", "set", "--host", "host"],
  ["diff", "set/plugin.so", "set/libdep.so"],
  ["diff", "host", "set/plugin.so"],
  ["lock", "set", "--host", "host"],
  ["explain", "--error", "plugin.so: undefined symbol: dep_last", "set/plugin.so", "--host", "host"],
];

describeWith(lackOf("gcc"), "a file whose DT_HASH counts too few symbols", () => {
  beforeAll(() => {
    const bench = new Workbench(at("bench"), "glibc");
    const dep =
      "int dep_first(void) { return 1; } int dep_next(void) { return 2; } int dep_last(void) { return 3; }";
    const plugin =
      "extern int dep_first(void), dep_last(void); int plugin(void) { return dep_first() + dep_last(); }";
    bench.library("libdep.so", dep, bothTables, "-Wl,-soname,libdep.so");
    bench.library("plugin.so", plugin, bothTables, "-L@/", "-ldep", "-Wl,-rpath,$ORIGIN");
    bench.compile("host", hostSource, "-rdynamic", bothTables, "-ldl");
    mkdirSync(at("sound/set"), { recursive: true });
    cpSync(bench.path("libdep.so"), at("sound/set/libdep.so"));
    cpSync(bench.path("plugin.so"), at("sound/set/plugin.so"));
    cpSync(bench.path("host"), at("sound/host"));
  });

  it.each(["set/plugin.so", "set/libdep.so", "host"])(
    "is judged as the sound one by every command: %s",
    async (name) => {
      const answers = (cwd: string): Promise<readonly CliRun[]> =>
        Promise.all(commands.map((words) => runCli([...words, "--json"], { cwd })));
      const place = at("short");
      const essence = ({ code, stdout }: CliRun): unknown => {
        const { plugins, error } = JSON.parse(stdout) as {
          readonly plugins?: readonly { readonly verdict?: string; readonly loader?: unknown }[];
          readonly error?: unknown;
        };
        return { code, error, plugins: plugins?.map(({ verdict, loader }) => ({ verdict, loader })) };
      };
      cpSync(at("sound"), place, { recursive: true });
      const sound = (await answers(place)).map(essence);
      for (const left of [1, 3]) {
        shorten(at("sound", name), join(place, name), left);
        const found = await answers(place);
        expect(found.map(essence), `${left} left out`).toEqual(sound);
        for (const { stdout, stderr } of found) expect(stdout + stderr).not.toContain("a bug in");
      }
    },
  );
});
