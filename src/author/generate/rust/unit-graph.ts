import { UsageError } from "../../../check/model/usage-error.ts";
import { jsonOf } from "../tool.ts";
import { packageId, type PackageId } from "./package-id.ts";

/** One call of rustc, or run of a build script, in Cargo's unit graph (Cargo book, "unit-graph"). */
interface Unit {
  readonly pkg_id: string;
  readonly target: { readonly kind: readonly string[]; readonly name: string };
  readonly profile: Profile;
  /** The target triple; null for the host's. */
  readonly platform: string | null;
  readonly mode: string;
  readonly features: readonly string[];
  readonly dependencies: readonly { readonly index: number }[];
}

/** A profile with its settings, after Cargo.toml, Cargo's configuration and the environment. */
export interface Profile {
  readonly name: string;
  readonly panic?: string;
  readonly [setting: string]: unknown;
}

/** What a build makes, and of what. */
export interface PlannedBuild {
  readonly root: PackageId;
  readonly profile: Profile;
  /** Of the root package. */
  readonly features: readonly string[];
  /** The target triple; undefined for the host's. */
  readonly platform: string | undefined;
  /** The packages that are compiled for the target and linked, without the root. */
  readonly linked: readonly PackageId[];
}

/** @throws UsageError if it builds no package, or several, or is of a form that is not known here. */
export function plannedBuild(text: string): PlannedBuild {
  const { version, units, roots } = jsonOf(text, "cargo build --unit-graph") as {
    readonly version: number;
    readonly units: readonly Unit[];
    readonly roots: readonly number[];
  };
  if (version !== 1) {
    throw new UsageError(
      "program-failed",
      `cargo's unit graph is of version ${version}, and only 1 is known here`,
      ["Use an older Cargo, or a newer version of this program."],
    );
  }
  const built = roots.flatMap((at) => units[at] ?? []).filter(({ mode }) => mode === "build");
  const packages = [...new Set(built.map(({ pkg_id }) => pkg_id))];
  const [first] = built;
  if (first === undefined || packages.length > 1) {
    const names = packages.map((id) => packageId(id)?.name ?? id);
    throw new UsageError(
      "bad-usage",
      first === undefined
        ? "cargo would build no package"
        : `cargo would build several packages: ${names.join(", ")}`,
      ["A manifest is of one package: give its folder as DIR, or name it behind the --: -p PACKAGE."],
    );
  }
  const isOne = ({ target }: Unit): boolean => target.kind.some((kind) => /^c?dylib$/.test(kind));
  const main = built.find(isOne) ?? first;
  const platforms = new Set(built.map(({ platform }) => platform ?? "the machine that builds"));
  if (platforms.size > 1) {
    throw new UsageError("bad-usage", `cargo would build for several targets: ${[...platforms].join(", ")}`, [
      "A manifest is of one target: name it behind the --: --target TRIPLE.",
    ]);
  }
  const root = idOf(main);
  const linked = reachable(
    units,
    roots.filter((at) => units[at]?.pkg_id === main.pkg_id && units[at].mode === "build"),
  );
  return {
    root,
    profile: main.profile,
    features: main.features,
    platform: main.platform ?? undefined,
    linked: linked.filter((id) => id !== main.pkg_id).map((id) => idOf({ pkg_id: id })),
  };
}

/**
 * The packages whose code gets into the file: those that rustc compiles for the target, from the root on. What build scripts and procedural
 * macros are made of only runs on the machine that builds.
 */
function reachable(units: readonly Unit[], roots: readonly number[]): readonly string[] {
  const seen = new Set(roots);
  for (const at of seen) {
    for (const { index } of units[at]?.dependencies ?? []) {
      const unit = units[index];
      if (unit?.mode !== "build") continue;
      if (unit.target.kind.some((kind) => kind === "custom-build" || kind === "proc-macro")) continue;
      seen.add(index);
    }
  }
  return [...new Set([...seen].flatMap((at) => units[at]?.pkg_id ?? []))];
}

function idOf({ pkg_id }: Pick<Unit, "pkg_id">): PackageId {
  const id = packageId(pkg_id);
  if (id === undefined)
    throw new UsageError("program-failed", `cargo names a package in an unknown way: ${pkg_id}`);
  return id;
}
