import { basename, dirname, join } from "node:path";
import { UsageError } from "../../../check/model/usage-error.ts";
import type { Files } from "../../../files/files.ts";
import { profileName } from "../../../language/profile.ts";
import { codegenOptions, panicFlag, rustFlags } from "../../../language/rust/build-flags.ts";
import { unknownContent, type ManifestDraft } from "../draft.ts";
import { withoutFolder } from "../file-name.ts";
import type { Started } from "../tool.ts";
import { cargoCommandIn } from "./cargo-command.ts";
import { lockedPackages, type LockedPackage } from "./lock-file.ts";
import type { PackageId } from "./package-id.ts";
import { rustcCalls } from "./rustc-calls.ts";
import { plannedBuild, type Profile } from "./unit-graph.ts";

/** What a manifest of a Cargo package is made of. */
export interface RustSources {
  readonly files: Files;
  readonly folder: string;
  /** As given behind `--`. */
  readonly buildArguments: readonly string[];
  readonly started: Started;
}

/** @throws UsageError if Cargo cannot describe the build. */
export async function rustManifest({
  files,
  folder,
  buildArguments,
  started,
}: RustSources): Promise<ManifestDraft> {
  if (buildArguments.some((word) => /^--manifest-path(?:=|$)/.test(word))) {
    throw new UsageError("bad-usage", "--manifest-path is not taken here", [
      "Give the folder as DIR, before the --.",
    ]);
  }
  const cargo = cargoCommandIn(folder, started);
  const isLocked = buildArguments.some((word) => word === "--locked" || word === "--frozen");
  const { graph, log } = await cargo.plan([...buildArguments, ...(isLocked ? [] : ["--locked"])]);
  const { root, profile, features, platform, linked } = plannedBuild(graph);
  const { program, flags } = rustcCalls(log, platform);
  const version = await cargo.version(program);
  const locked = lockedPackages(files, join(dirname(await cargo.workspace()), "Cargo.lock"));
  const { hashes, namesakes } = dependencyHashes(linked, locked);
  const recorded = linked.filter(({ source }) => !source.startsWith(folderSource)).map(keyOf);
  const unrecorded = recorded.filter((key) => hashes[key] === "");
  return {
    fields: {
      language: "rust",
      name: root.name,
      version: root.version,
      toolchain_version: /^rustc (.+)$/m.exec(version)?.[1] ?? version.trim(),
      build_profile: profileName(profile.name),
      dependency_hashes: hashes,
      build_flags: [...compilerFlags(flags, profile)],
      target: tripleOf(platform) ?? /^host: (.+)$/m.exec(version)?.[1] ?? "",
      build_settings: settingsOf(profile, features, flags),
    },
    remarks: [
      ...unknownContent(
        unrecorded.filter((key) => !namesakes.includes(key)),
        "Cargo.lock has no checksum of it",
      ),
      ...unknownContent(namesakes, "two crates of this name and version are linked, from two sources"),
    ],
    unknown: {},
  };
}

/** A target of one's own is given as the path of its specification. */
function tripleOf(platform: string | undefined): string | undefined {
  return platform === undefined ? undefined : basename(platform).replace(/\.json$/, "");
}

/**
 * The flags that are compared, in their one spelling, and the panic strategy of the profile: it decides as a flag does. RUSTFLAGS come
 * behind what the profile says, and rustc takes the last.
 */
function compilerFlags(flags: readonly string[], { panic }: Profile): readonly string[] {
  const given = rustFlags
    .comparable(flags)
    .map((flag) =>
      flag.replace(/(?<=^(?:-C profile-(?:generate|use)|--sysroot)=).*/s, (path) => withoutFolder(path)),
    );
  const isGiven = given.some((flag) => flag.startsWith(panicFlag("")));
  return panic === undefined || panic === "unwind" || isGiven ? given : [...given, panicFlag(panic)].sort();
}

function keyOf({ name, version }: PackageId): string {
  return `${name}@${version}`;
}

/**
 * By `NAME@VERSION`: of a package from a registry the checksum of its archive, of one from Git `git:` and the commit, of a folder the empty
 * text, since nothing records what was in it. Two packages of one name and version have one key, and the empty text: no hash is that of both.
 */
function dependencyHashes(
  linked: readonly PackageId[],
  locked: readonly LockedPackage[],
): { readonly hashes: Record<string, string>; readonly namesakes: readonly string[] } {
  const keys = linked.map(keyOf);
  const namesakes = [...new Set(keys.filter((key, at) => keys.indexOf(key) < at))];
  const hashes = linked.map((id): readonly [string, string] => {
    const key = keyOf(id);
    return [key, namesakes.includes(key) ? "" : hashOf(id, locked)];
  });
  return { hashes: Object.fromEntries(hashes), namesakes };
}

/** How the source of a package in a folder begins. */
const folderSource = "path+";

function hashOf({ name, version, source }: PackageId, locked: readonly LockedPackage[]): string {
  if (source.startsWith(folderSource)) return "";
  const namesakes = locked.filter((each) => each.name === name && each.version === version);
  const own =
    namesakes.find((each) => each.source !== undefined && isSource(each.source, source)) ??
    // Of one alone it is known whose it is, however its source is spelled.
    (namesakes.length === 1 ? namesakes[0] : undefined);
  if (own?.checksum !== undefined) return own.checksum;
  const commit = /^git\+.*#([0-9a-f]{7,64})$/.exec(own?.source ?? "")?.[1];
  return commit === undefined ? "" : `git:${commit}`;
}

/** The lock file adds the commit to a Git source. */
function isSource(locked: string, source: string): boolean {
  return locked.replace(/#[^#]*$/, "") === source.replace(/#[^#]*$/, "");
}

/** Settings of the profile that change the code, in the words of Cargo.toml; most are rustc's words too. */
const deciding = {
  "codegen-units": "codegen_units",
  debug: "debuginfo",
  "debug-assertions": "debug_assertions",
  lto: "lto",
  "opt-level": "opt_level",
  "overflow-checks": "overflow_checks",
  panic: "panic",
} as const;

/** @param flags of RUSTFLAGS: rustc gets them behind those of the profile, and takes the last. */
function settingsOf(
  profile: Profile,
  features: readonly string[],
  flags: readonly string[],
): Record<string, string> {
  const given = codegenOptions(flags);
  const settings = Object.entries(deciding).flatMap(([name, key]) => {
    const value = given.get(name === "debug" ? "debuginfo" : name) ?? profile[key];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
      ? [[name, String(value)] as const]
      : [];
  });
  return { ...Object.fromEntries(settings), features: [...features].sort().join(",") };
}
