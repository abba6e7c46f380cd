import { UsageError } from "../../check/model/usage-error.ts";
import type { Files } from "../../files/files.ts";
import type { Language } from "../../language/language-facts.ts";
import { readContent } from "../../manifest/content.ts";
import type { Manifest } from "../../manifest/generated/manifest.ts";
import type { SchemaProblem } from "../../manifest/schema.ts";
import { buildTime } from "./build-time.ts";
import { builtFileManifest } from "./built-file.ts";
import type { ManifestDraft } from "./draft.ts";
import { goManifest } from "./go/go-manifest.ts";
import { rustManifest } from "./rust/rust-manifest.ts";
import { refuseKnown, type Settings } from "./setting.ts";
import { manifestText } from "./manifest-text.ts";
import { placeOf, type Place } from "./source-folder.ts";
import type { Started } from "./tool.ts";

/** What a manifest is to be made of. */
export interface GenerateRequest {
  readonly files: Files;
  /** A folder of sources, or a built file. */
  readonly path: string;
  /** Flags of `go build` or `cargo build`, as given behind `--`. */
  readonly buildArguments: readonly string[];
  readonly settings: Settings;
  /** Where a folder has both languages. */
  readonly language?: Language | undefined;
  /** Whether the manifest is only compared: then its time, which no rule compares, need not be known. */
  readonly isCompared?: boolean;
  readonly started: Started;
}

export interface Generated {
  readonly manifest: Manifest;
  /** Whether it can be made not only to be compared. */
  readonly isTimeKnown: boolean;
  /** What could not be found out, one sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Makes a manifest. It follows the schema.
 * @throws UsageError if a required field is unknown, with what to give; and if go, cargo or the file cannot be read.
 */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { files, path, settings, language, isCompared = false } = request;
  const place = placeOf(files, path, language);
  const { fields, remarks, unknown } = await draftOf(place, request);
  refuseKnown(settings, fields);
  const time = settings.has("build_time") ? undefined : await timeOf(place);
  const value: Record<string, unknown> = {
    ...(isCompared ? { build_time: noMoment } : {}),
    ...fields,
    ...(time === undefined ? {} : { build_time: time }),
    ...Object.fromEntries(settings),
  };
  const content = readContent(Buffer.from(manifestText(value)), false);
  if (content.kind === "unreadable")
    throw new UsageError("manifest-incomplete", `${path}: the manifest ${content.reason}`);
  if (content.problems.length > 0)
    throw incomplete(path, content.problems, { ...unknown, build_time: noTime });
  return {
    manifest: value as unknown as Manifest,
    isTimeKnown: settings.has("build_time") || time !== undefined,
    remarks: remarks.filter(({ field }) => !settings.has(field)).map(({ text }) => text),
  };
}

function draftOf(
  place: Place,
  { files, buildArguments, started }: GenerateRequest,
): ManifestDraft | Promise<ManifestDraft> {
  if (place.kind === "file") {
    if (buildArguments.length === 0) return builtFileManifest(files, place.path);
    throw new UsageError("bad-usage", "a built file takes no build flags", [
      "Leave out what is behind the --.",
    ]);
  }
  const sources = { files, folder: place.folder, buildArguments, started };
  return place.language === "go" ? goManifest(sources) : rustManifest(sources);
}

function timeOf(place: Place): Promise<string | undefined> {
  return buildTime(place.kind === "file" ? undefined : place.folder);
}

const noMoment = "1970-01-01T00:00:00Z";

const noTime = "SOURCE_DATE_EPOCH is not set, and the sources are not in a Git commit";

/** All that is missing or wrong, and the flags that give it. */
function incomplete(
  path: string,
  problems: readonly SchemaProblem[],
  unknown: Readonly<Record<string, string>>,
): UsageError {
  const lines = problems.map(({ pointer, expected, found, isMissing }) => {
    const field = pointer.slice(1);
    return isMissing === true
      ? `${field} is unknown: ${unknown[field] ?? "nothing tells it"}`
      : `${field} must be ${expected}, not ${found}`;
  });
  const missing = problems
    .filter(({ isMissing }) => isMissing === true)
    .map(({ pointer }) => pointer.slice(1));
  return new UsageError(
    "manifest-incomplete",
    [`${path}: no manifest can be made:`, ...lines.map((line) => `  ${line}`)].join("\n"),
    missing.length === 0
      ? []
      : [`Give what is missing: ${missing.map((field) => `--set ${field}=${exampleOf(field)}`).join(" ")}`],
  );
}

function exampleOf(field: string): string {
  switch (field) {
    case "build_time":
      return "2026-01-31T12:00:00Z";
    case "build_profile":
      return "release";
    case "build_flags":
      return "'[]'";
    case "dependency_hashes":
      return "'{}'";
    default:
      return "VALUE";
  }
}

/**
 * The manifests of a host that links several languages: one of each, in the order of their names.
 * @throws UsageError if two are of one language.
 */
export function merged(all: readonly Manifest[]): readonly Manifest[] {
  const languages = all.map(({ language }) => language);
  const twice = languages.find((language, at) => languages.indexOf(language) < at);
  if (twice !== undefined) {
    throw new UsageError("bad-usage", `two manifests are for ${twice}`, ["A host carries one per language."]);
  }
  return [...all].sort((one, other) => (one.language < other.language ? -1 : 1));
}
