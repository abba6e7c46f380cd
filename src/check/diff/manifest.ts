import type { Role } from "../../artifact/artifact.ts";
import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { manifestsAt, type ManifestAt } from "../../manifest/claim.ts";
import type { DiffSlice } from "./side.ts";
import { factDifference, namedDifferences, type Difference, type Named } from "./difference.ts";

/** Fields that are compared by what they mean, or that never decide: a different spelling or time is worth a line, but no more. */
const weighedElsewhere: ReadonlySet<string> = new Set([
  "language",
  "toolchain_version",
  "build_profile",
  "dependency_hashes",
  "build_flags",
  "target",
  "build_time",
  "schema_version",
]);

/** How the embedded manifests differ, field by field; a plugin's is compared with the host's in its language. */
export function manifestDifferences(
  one: DiffSlice,
  other: DiffSlice,
  roles: readonly [Role, Role],
): readonly Difference[] {
  const isOneKind = roles[0] === roles[1];
  const [ours, theirs] = [manifestsAt(one.slice.claim), manifestsAt(other.slice.claim)];
  const wanted = languageOf(isOneKind ? [] : roles[0] === "plugin" ? ours : theirs);
  const isSeveral = wanted === undefined && Math.max(ours.length, theirs.length) > 1;
  return [
    ...factDifference(
      { group: "manifest", name: "carried by", matters: false },
      carrierOf(one),
      carrierOf(other),
    ),
    ...namedDifferences(
      {
        group: "manifest",
        whole: "manifest",
        matters: (name) => isOneKind && !weighedElsewhere.has(name.replace(/^(?:go|rust): |\/.*$/gs, "")),
      },
      fieldsOf(ours, wanted, isSeveral),
      fieldsOf(theirs, wanted, isSeveral),
    ),
  ];
}

function languageOf([first]: readonly ManifestAt[]): string | undefined {
  return first?.manifest.language;
}

function carrierOf({ slice: { claim } }: DiffSlice): Fact<string> {
  const { chosen } = claim;
  return chosen === undefined ? nothing : known(chosen.source, chosen.location);
}

const nothing = unknown("the file has no valid manifest");

/** By field, preceded by the language if a host has several manifests. */
function fieldsOf(all: readonly ManifestAt[], wanted: string | undefined, isSeveral: boolean): Fact<Named> {
  const manifests = all.filter(({ manifest: { language } }) => wanted === undefined || language === wanted);
  const [first] = manifests;
  if (first === undefined) return nothing;
  const fields = manifests.flatMap(({ manifest }) => {
    const prefix = isSeveral ? `${manifest.language}: ` : "";
    return Object.entries(manifest).flatMap(([name, value]) =>
      membersOf(name, value).map(([path, text]) => [prefix + path, text] as const),
    );
  });
  return known(new Map(fields), first.at.replace(/#.*$/s, ""));
}

/** Each hash is compared by itself, so that the one that differs is found among many. */
function membersOf(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (name !== "dependency_hashes") return [[name, textOf(value)]];
  return Object.entries(value as object).map(([key, hash]) => [`${name}/${key}`, textOf(hash)]);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
