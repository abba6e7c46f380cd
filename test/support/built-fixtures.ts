import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isComplete, Lack } from "./need.ts";

const BUILD = fileURLToPath(new URL("../../fixtures/build.js", import.meta.url));
const FOLDER = fileURLToPath(new URL("../../fixtures/.build/", import.meta.url));

/** Set once a test run's setup has built: its workers then only read. */
const BUILT = "OTELCOL_PLUGINS_FIXTURES_BUILT";

/** A place a manifest can be read from, in reading order. */
export type FixturePlace = "section" | "dynamic-symbol" | "static-symbol" | "build-info";

/** What the loader of compat/otelcol (Go) or of a C host (other languages) does; null where it depends on the system. */
export type FixtureLoader = "loads" | "refused" | "crash" | null;

/** One built file, as index.json describes it. */
export interface Fixture {
  /** Stable name: "elf/go/plugin-var-strip". */
  readonly id: string;
  /** Relative to the output folder. */
  readonly path: string;
  /** Where it lies on this machine. */
  readonly file: string;
  readonly role: "plugin" | "host";
  /** How it was linked: plugin, executable, pie, c-shared, cdylib, shared, dylib, bundle, universal, … */
  readonly kind: string;
  /** What compiled it, whatever its manifest says. */
  readonly language: "go" | "rust" | "c" | "none";
  readonly format: "elf" | "macho" | "none";
  /** As LLVM spells it; "universal" for files of several slices, "none" for files that are no program. */
  readonly arch: string;
  readonly carrier: "section" | "symbol" | "ldflags" | "several" | "none";
  /** What the carrier is: bytes, c-string, rust-str, go-string, go-bytes, function, zero-fill, import, … */
  readonly shape: string;
  /** The symbol's name as in the file. */
  readonly symbol: string | null;
  /** Where the manifest can be read; empty where it is lost, absent or not data. */
  readonly places: readonly FixturePlace[];
  /** "no", or what stripped it. */
  readonly stripped: string;
  /** The JSON value a reader finds; null where it finds none, or no JSON with one meaning. */
  readonly manifest: unknown;
  /** The embedded text where a test may want more than `manifest`: broken JSON, mostly. */
  readonly text: string | null;
  readonly note: string | null;
  /** Slices of a universal file. */
  readonly members?: readonly { readonly arch: string; readonly manifest: unknown }[];
  /** Only in the set under compat/: what it is made to show. */
  readonly expect?: { readonly rules: readonly string[]; readonly loader: FixtureLoader };
}

/** fixtures/.build/index.json. */
export interface FixtureIndex {
  /** The machine the native compilers build for. */
  readonly arch: string;
  readonly toolchains: Readonly<Record<string, { readonly version: string; readonly banner: string } | null>>;
  readonly fixtures: readonly Fixture[];
  readonly skipped: readonly { readonly id: string; readonly needs: string }[];
}

/** The fixtures of this run, with ways to pick from them. */
export interface BuiltFixtures extends FixtureIndex {
  /** @throws Lack when its toolchain is missing. @throws Error when there is no such fixture. */
  get(id: string): Fixture;
  /** Why a fixture was not built ("no go"), or undefined when it was. */
  missing(id: string): string | undefined;
  /** Why not all fixtures that match were built; undefined when they were. */
  lack(ids: RegExp): string | undefined;
  /** @throws Lack when not all that match were built. */
  needAll(ids: RegExp): void;
  /** Every fixture whose facts are all as given: `where({ format: "macho", carrier: "section" })`. */
  where(facts: Partial<Fixture>): readonly Fixture[];
  /** Every fixture that is `wanted`. @throws Lack when none of them was built. */
  some(wanted: (fixture: Fixture) => boolean): readonly Fixture[];
}

let cached: BuiltFixtures | undefined;

/** The built fixtures; the first call in a run that had no setup builds them. */
export function builtFixtures(): BuiltFixtures {
  return (cached ??= read());
}

/**
 * Builds all fixtures that are not up to date.
 * @throws Error when a build fails, and, where CI is "true", when a toolchain is missing.
 */
export function buildFixtures(): void {
  execFileSync(process.execPath, [BUILD, "--when-changed"], { stdio: ["ignore", "ignore", "inherit"] });
  const { skipped } = readIndex();
  if (isComplete && skipped.length > 0) {
    const lacking = [...new Set(skipped.map(({ needs }) => needs))].join(", ");
    throw new Error(
      `${skipped.length} fixtures could not be built: no ${lacking}, and with CI=true that is a failure`,
    );
  }
  process.env[BUILT] = "yes";
}

function read(): BuiltFixtures {
  if (process.env[BUILT] !== "yes") buildFixtures();
  const index = readIndex();
  const fixtures = index.fixtures.map((one) => ({ ...one, file: join(FOLDER, one.path) }));
  const missing = (id: string): string | undefined => {
    const skipped = index.skipped.find((one) => one.id === id);
    return skipped && `no ${skipped.needs}`;
  };
  const lack = (ids: RegExp): string | undefined => {
    const skipped = index.skipped.find(({ id }) => ids.test(id));
    return skipped && `no ${skipped.needs}`;
  };
  return {
    ...index,
    fixtures,
    missing,
    lack,
    needAll: (ids) => {
      const why = lack(ids);
      if (why !== undefined) throw new Lack(why);
    },
    get: (id) => {
      const found = fixtures.find((one) => one.id === id);
      if (found !== undefined) return found;
      const why = missing(id);
      throw why === undefined ? new Error(`there is no fixture ${id}`) : new Lack(why);
    },
    some: (wanted) => {
      const found = fixtures.filter(wanted);
      if (found.length === 0) throw new Lack(`no ${index.skipped[0]?.needs ?? "such fixture"}`);
      return found;
    },
    where: (facts) =>
      fixtures.filter((one) =>
        Object.entries(facts).every(([key, value]) => one[key as keyof Fixture] === value),
      ),
  };
}

function readIndex(): FixtureIndex {
  return JSON.parse(readFileSync(join(FOLDER, "index.json"), "utf8")) as FixtureIndex;
}
