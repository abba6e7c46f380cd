import type { ObjectFormat } from "../../object/object-file.ts";
import type { Role } from "../../artifact/artifact.ts";
import type { Files } from "../../files/files.ts";
import { known, type Fact } from "../../evidence/fact.ts";
import { defaultCarrierNames, type CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import { buildDifferences } from "./build.ts";
import { evidenceDifferences, fileDifferences, linkDifferences } from "./evidence.ts";
import { manifestDifferences } from "./manifest.ts";
import { packageDiff, type PackageDiff } from "./packages.ts";
import { readDiffSide, type DiffSide, type DiffSlice } from "./side.ts";
import { differenceGroups, type Difference } from "./difference.ts";

/** How two files differ. */
export interface DiffResult {
  readonly one: DiffFile;
  readonly other: DiffFile;
  /** One for each architecture. */
  readonly slices: readonly SliceDiff[];
  /** How many differences matter, and how many do not. */
  readonly summary: { readonly matter: number; readonly informative: number };
}

export interface DiffFile {
  readonly path: string;
  /** What it was read as: an executable as a host, anything else as a plugin. */
  readonly role: Role;
  readonly format: ObjectFormat;
  /** In bytes. */
  readonly size: number;
  readonly archs: readonly string[];
}

export interface SliceDiff {
  /** null if the file has no slice for the other's architecture. */
  readonly one: string | null;
  readonly other: string | null;
  readonly differences: readonly Difference[];
  /** null unless both are Go files. */
  readonly packages: PackageDiff | null;
}

/**
 * Everything that differs between two plugins, two hosts, or a plugin and a host. Nothing is judged.
 * @throws UsageError if a file cannot be read as an object file.
 */
export function diff(
  files: Files,
  one: string,
  other: string,
  names: CarrierNames = defaultCarrierNames,
): Promise<DiffResult> {
  const [ours, theirs] = [readDiffSide(files, one, names), readDiffSide(files, other, names)];
  const roles = [ours.file.role, theirs.file.role] as const;
  const slices = pairs(ours, theirs).map(([a, b]) => sliceDiff(a, b, roles));
  return Promise.resolve({
    one: fileOf(ours),
    other: fileOf(theirs),
    slices,
    summary: { matter: count(slices, true), informative: count(slices, false) },
  });
}

function fileOf({ file: { path, role, format, size }, slices }: DiffSide): DiffFile {
  return { path, role, format, size, archs: slices.map(({ slice }) => slice.arch) };
}

type SlicePair = readonly [DiffSlice | undefined, DiffSlice | undefined];

/** By architecture; two thin files go together whatever they are made for, so that the difference is shown. */
function pairs({ slices: ours }: DiffSide, { slices: theirs }: DiffSide): readonly SlicePair[] {
  if (ours.length === 1 && theirs.length === 1) return [[ours[0], theirs[0]]];
  const archOf = ({ slice }: DiffSlice): string => slice.arch;
  const archs = [...new Set([...ours, ...theirs].map(archOf))];
  return archs.map((arch) => [
    ours.find((each) => archOf(each) === arch),
    theirs.find((each) => archOf(each) === arch),
  ]);
}

function sliceDiff(
  one: DiffSlice | undefined,
  other: DiffSlice | undefined,
  roles: readonly [Role, Role],
): SliceDiff {
  const archs = { one: one?.slice.arch ?? null, other: other?.slice.arch ?? null };
  const isOneKind = roles[0] === roles[1];
  if (one === undefined || other === undefined) {
    const there = (slice: DiffSlice | undefined): Fact<string> | null =>
      slice === undefined ? null : known("present", "universal header");
    const name = `slice for ${archs.one ?? archs.other ?? ""}`;
    const lone: Difference = {
      group: "file",
      name,
      one: there(one),
      other: there(other),
      matters: isOneKind,
    };
    return { ...archs, differences: [lone], packages: null };
  }
  const found = [
    ...fileDifferences(one, other, isOneKind),
    ...buildDifferences(one, other, roles),
    ...evidenceDifferences(one, other, isOneKind),
    ...linkDifferences(one, other, isOneKind),
    ...manifestDifferences(one, other, roles),
  ];
  const bothGo = one.go !== undefined && other.go !== undefined;
  return {
    ...archs,
    differences: inOrder(withoutRepeats(found)),
    packages: bothGo ? packageDiff(one.go, other.go, roles[0] === "host" && roles[1] === "plugin") : null,
  };
}

/** A flag is a setting too, and a hash of a manifest a dependency's: what the first says, the second need not. */
function withoutRepeats(all: readonly Difference[]): readonly Difference[] {
  const said = new Set(all.map(({ group, name }) => `${group} ${name}`));
  return all.filter(({ group, name }) => {
    if (group === "setting") return !said.has(`flag ${name}`);
    const [, dependency] = /^(?:(?:go|rust): )?dependency_hashes\/(.*)$/s.exec(name) ?? [];
    return (
      group !== "manifest" || dependency === undefined || !said.has(`dependency ${unversioned(dependency)}`)
    );
  });
}

function unversioned(key: string): string {
  return key.replace(/(?<=.)@[^@]*$/s, "");
}

function inOrder(all: readonly Difference[]): readonly Difference[] {
  return differenceGroups.flatMap((group) => all.filter((each) => each.group === group));
}

function count(slices: readonly SliceDiff[], matters: boolean): number {
  return slices.reduce((sum, { differences, packages }) => {
    const inPackages = packages === null ? 0 : packagesCount(packages, matters);
    return sum + differences.filter((each) => each.matters === matters).length + inPackages;
  }, 0);
}

function packagesCount(packages: PackageDiff, matters: boolean): number {
  if (packages.known) return matters ? packages.different.length : 0;
  return packages.matters === matters ? 1 : 0;
}
