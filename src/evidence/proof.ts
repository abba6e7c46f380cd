import { commitOfVersion } from "../language/commit-version.ts";
import type { Language } from "../language/language-facts.ts";
import type { ReleaseLines } from "../language/toolchain.ts";
import type { AnyObject } from "../object/any-object.ts";
import type { AuditedBuild } from "./rust/cargo-audit.ts";
import { known, unknown, type Fact } from "./fact.ts";
import type { GoBuildInfo } from "./go/build-info.ts";
import { isGoFile } from "./go/evidence.ts";
import type { GoModule } from "./go/module-info.ts";
import { readPluginTable } from "./go/plugin-table.ts";
import { readGoRelease } from "./go/release.ts";
import { readRustEvidence, type RustEvidence } from "./rust/evidence.ts";
import type { PanicStrategy } from "./rust/panic.ts";
import type { ProfileHint } from "./rust/profile.ts";

/** What the compilers' and linkers' own stamps say of the fields that a manifest claims. */
export interface Proof {
  readonly language: Fact<Language>;
  /** The languages whose compiler or linker surely did not make the file: Go's, if there are section headers and none is Go's. */
  readonly excluded: Readonly<Partial<Record<Language, Exclusion>>>;
  /** `go1.26.8`, or `1.95.0 (59807616e 2026-04-14)`. */
  readonly toolchain: Fact<string>;
  /** Where only the shape of Go's data tells the release: the first and the last line it can be of, `go1.18` and `go1.19`. */
  readonly releases: Fact<ReleaseLines>;
  /** Flags as Go's build info records them: `-trimpath=true`, `-tags=a,b`. */
  readonly flags: Fact<readonly string[]>;
  /** The variables among Go's build settings: `GOEXPERIMENT`, `GOOS`. Absent if none are recorded. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Go's main package, seen from the folder of its module: `.`, `./cmd/plugin`. */
  readonly mainPackage?: string;
  /** Everything that was linked: Go's modules with the main one, or the packages that cargo-auditable wrote down. */
  readonly dependencies: Fact<readonly ProvenDependency[]>;
  /** Of Rust code. */
  readonly panic: Fact<PanicStrategy>;
  /** What speaks for a Cargo profile, the strongest first. */
  readonly profile: readonly ProfileHint[];
}

/** One module or package that was linked. */
export interface ProvenDependency {
  readonly name: string;
  /** undefined for a folder of sources. */
  readonly version: string | undefined;
  /** `h1:…` of a Go module, of what replaces it where it is replaced; undefined if none was recorded. */
  readonly sum: string | undefined;
  /** Where its content cannot change under its version: "crates.io". */
  readonly registry?: string;
  /** Where a Rust package comes from, if not from crates.io: "git", "local". */
  readonly source?: string;
  /** What go.mod put in its place: `./fork`, `example.com/fork v1.2.3`. */
  readonly replacedBy?: string;
  /** The version that go.mod asks for of what is replaced. */
  readonly required?: string;
  /** Go's main module, of which the file was built. */
  readonly isMain: boolean;
  /** Commit of its sources, whole or its first 12 digits; undefined if it is unknown, or its sources were changed since. */
  readonly revision?: string;
}

/** Why a file is surely not of a language. */
export interface Exclusion {
  /** As a sentence about the file goes on: "was not linked by Go's linker". */
  readonly why: string;
  readonly from: string;
}

/** What a file shows of one language. */
type Finding =
  | { readonly kind: "made-it"; readonly proof: Omit<Proof, "excluded"> }
  | { readonly kind: "did-not"; readonly exclusion: Exclusion }
  /** Code of it is in the file, but perhaps not all of the file is of it. */
  | { readonly kind: "part"; readonly why: string }
  | { readonly kind: "unknown" };

type Reader = (object: AnyObject, buildInfo: Fact<GoBuildInfo>) => Finding;

/** In the order in which they are asked: a Go file may hold Rust code, and stays a Go file. */
const readers: Readonly<Record<Language, Reader>> = { go: ofGo, rust: ofRust };

/** @param buildInfo Go's, which is read for other ends too. */
export function readProof(object: AnyObject, buildInfo: Fact<GoBuildInfo>): Proof {
  const excluded: Partial<Record<Language, Exclusion>> = {};
  const parts: string[] = [];
  for (const language of Object.keys(readers) as Language[]) {
    const finding = readers[language](object, buildInfo);
    if (finding.kind === "made-it") return { ...finding.proof, excluded };
    if (finding.kind === "did-not") excluded[language] = finding.exclusion;
    if (finding.kind === "part") parts.push(finding.why);
  }
  const none = unknown(parts[0] ?? "no stamp of Go's linker or of rustc was found");
  return {
    language: none,
    excluded,
    toolchain: none,
    releases: onlyGo,
    flags: onlyGo,
    dependencies: none,
    panic: none,
    profile: [],
  };
}

const onlyGo = unknown("only Go records it");

function ofGo(object: AnyObject, buildInfo: Fact<GoBuildInfo>): Finding {
  const isGo = isGoFile(object, buildInfo);
  if (!isGo.known) return { kind: "unknown" };
  const { from } = isGo;
  return isGo.value
    ? { kind: "made-it", proof: goProof(object, buildInfo, from) }
    : { kind: "did-not", exclusion: { why: "was not linked by Go's linker", from } };
}

function goProof(object: AnyObject, buildInfo: Fact<GoBuildInfo>, from: string): Omit<Proof, "excluded"> {
  const release = readGoRelease(object, buildInfo, () => readPluginTable(object));
  return {
    language: known("go", from),
    toolchain: !release.known
      ? release
      : "exact" in release.value
        ? known(release.value.exact, release.from)
        : unknown(betweenText(release.value, release.from)),
    releases:
      release.known && "from" in release.value
        ? known(release.value, release.from)
        : unknown("the shape of Go's data was not needed, or does not tell"),
    flags: ofInfo(buildInfo, flagsOf),
    ...(buildInfo.known ? placeOf(buildInfo.value) : {}),
    dependencies: ofInfo(buildInfo, modulesOf),
    panic: unknown("Go has no profiles and no panic strategies"),
    profile: [],
  };
}

/** Code of any language may be without rustc's stamps, so that their absence excludes nothing. */
function ofRust(object: AnyObject): Finding {
  const rust = readRustEvidence(object, "cheap");
  if (rust === undefined) return { kind: "unknown" };
  const { extent, witnesses } = rust;
  return extent.known && extent.value === "whole"
    ? { kind: "made-it", proof: rustProof(rust) }
    : {
        kind: "part",
        why: `it contains Rust (${witnesses[0] ?? ""}), but ${extent.known ? extent.from : extent.why}`,
      };
}

function rustProof({ witnesses, toolchain, audited, panic, profile }: RustEvidence): Omit<Proof, "excluded"> {
  return {
    language: known("rust", witnesses[0] ?? ""),
    toolchain,
    releases: onlyGo,
    flags: onlyGo,
    dependencies: audited.known ? known(ofPackages(audited.value), audited.from) : audited,
    panic,
    profile: profile.hints,
  };
}

function betweenText({ from, to }: ReleaseLines, by: string): string {
  return from === to ? `a release of ${from} by ${by}` : `between ${from} and ${to} by ${by}`;
}

function ofInfo<T>(info: Fact<GoBuildInfo>, pick: (value: GoBuildInfo, from: string) => Fact<T>): Fact<T> {
  return info.known ? pick(info.value, info.from) : info;
}

/** Before Go 1.18, and by other builders than cmd/go, none are recorded: that is not to say that none were given. */
function flagsOf({ settings }: GoBuildInfo, from: string): Fact<readonly string[]> {
  if (settings.length === 0) return unknown(`${from} records no build settings`);
  const flags = settings.filter(({ key }) => key.startsWith("-"));
  return known(
    flags.map(({ key, value }) => `${key}=${value}`),
    from,
  );
}

/** A main package that was given as a list of files has no path of its own: `command-line-arguments`. */
function placeOf({ settings, path = "", main }: GoBuildInfo): Pick<Proof, "environment" | "mainPackage"> {
  const isInside = main !== undefined && path.startsWith(`${main.path}/`);
  return {
    environment: Object.fromEntries(
      settings.filter(({ key }) => /^[A-Z]/.test(key)).map(({ key, value }) => [key, value]),
    ),
    mainPackage: isInside ? `./${path.slice(main.path.length + 1)}` : ".",
  };
}

/** Every build by cmd/go names its main package; without it there is no record of modules, which is not an empty one. */
function modulesOf(
  { path, main, deps, settings }: GoBuildInfo,
  from: string,
): Fact<readonly ProvenDependency[]> {
  if (path === undefined) return unknown(`${from} records no modules`);
  const own = main === undefined ? [] : [{ ...ofModule(main, true), ...revisionOf(settings) }];
  return known([...own, ...deps.map((module) => ofModule(module, false))], from);
}

/** Go stamps it since 1.18, if the main module is built in its repository. */
function revisionOf(settings: GoBuildInfo["settings"]): Pick<ProvenDependency, "revision"> {
  const valueOf = (key: string): string | undefined => settings.find((each) => each.key === key)?.value;
  const revision = valueOf("vcs.revision");
  return revision === undefined || valueOf("vcs.modified") === "true" ? {} : { revision };
}

function ofModule({ path, version, sum, replacedBy }: GoModule, isMain: boolean): ProvenDependency {
  const real = replacedBy ?? { version, sum };
  const revision = commitOfVersion(real.version);
  return {
    name: path,
    version: real.version === "" || real.version === "(devel)" ? undefined : real.version,
    sum: real.sum,
    isMain,
    ...(revision === undefined ? {} : { revision }),
    ...(replacedBy === undefined
      ? {}
      : {
          replacedBy: [replacedBy.path, replacedBy.version].filter((part) => part !== "").join(" "),
          ...(version.startsWith("v") ? { required: version } : {}),
        }),
  };
}

/** Build dependencies are not in the binary, and the root is what was built. */
function ofPackages({ packages }: AuditedBuild): readonly ProvenDependency[] {
  return packages
    .filter(({ kind, root }) => kind === "runtime" && !root)
    .map(({ name, version, source }) => ({
      name,
      version,
      sum: undefined,
      isMain: false,
      ...(source === "crates.io" ? { registry: source } : { source }),
    }));
}
