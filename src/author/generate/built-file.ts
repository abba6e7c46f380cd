import { readWith, type ArtifactSlice, type Role } from "../../artifact/artifact.ts";
import { derivedManifest } from "../../artifact/derived-manifest.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import type { Fact } from "../../evidence/fact.ts";
import type { Files } from "../../files/files.ts";
import { oneTagList } from "../../language/go/build-flags.ts";
import { languages } from "../../language/languages.ts";
import { defaultCarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { Claim } from "../../manifest/claim.ts";
import type { ManifestDraft } from "./draft.ts";
import { goProfile, goSettings, modeFlags } from "./go/recorded-build.ts";

/**
 * What a built file proves, whatever manifest it carries. What it does not prove is unknown.
 * @throws UsageError if it cannot be read, or proves not even its language.
 */
export function builtFileManifest(files: Files, path: string): ManifestDraft {
  const { file } = readWith(files, path, defaultCarrierNames, "by-kind", () => undefined);
  if (file.kind === "unreadable") {
    throw new UsageError("file-unreadable", `${path}: ${unreadableText(file)}`);
  }
  const drafts = file.slices.map((slice) => ofSlice(slice, file.role));
  const [draft, ...others] = drafts;
  if (draft === undefined) {
    const [slice] = file.slices;
    const why = slice?.proof.language.known === false ? slice.proof.language.why : "it is not known";
    throw new UsageError("manifest-incomplete", `${path} does not prove its language: ${why}`, [
      "Make the manifest from its sources: plugins manifest DIR.",
    ]);
  }
  const archs = file.slices.map(({ arch }) => arch).join(", ");
  return others.length === 0
    ? draft
    : {
        ...draft,
        remarks: [{ field: "target", text: `only the first of its slices is described (${archs}).` }],
      };
}

const noClaim: Claim = { carriers: [], chosen: undefined, manifests: [] };

function ofSlice(slice: ArtifactSlice, role: Role): ManifestDraft | undefined {
  const derived = derivedManifest({ ...slice, claim: noClaim }, role);
  const { proof, target } = slice;
  if (derived === undefined || !proof.language.known) return undefined;
  const { toolchain, dependencies, flags } = proof;
  const isGo = proof.language.value === "go";
  const recorded = oneTagList((derived.value["build_flags"] ?? []) as readonly string[]);
  const settings = goSettings(proof.environment ?? {});
  const { GOOS, GOARCH } = proof.environment ?? {};
  return {
    fields: {
      ...derived.value,
      ...(isGo && flags.known
        ? { build_flags: [...modeIn(flags.value), ...recorded], build_profile: goProfile(recorded) }
        : {}),
      ...(dependencies.known
        ? {
            dependency_hashes: {
              ...(derived.value["dependency_hashes"] as object),
              ...ownModule(dependencies.value),
            },
          }
        : {}),
      ...(Object.keys(settings).length === 0 ? {} : { build_settings: settings }),
      ...(isGo && GOOS !== undefined && GOARCH !== undefined ? { target: `${GOOS}/${GOARCH}` } : {}),
    },
    remarks: [],
    unknown: {
      ...whyUnknown("toolchain_version", toolchain),
      ...whyUnknown("dependency_hashes", dependencies),
      ...whyUnknown("build_flags", flags),
      ...(isGo ? whyUnknown("build_profile", flags) : { build_profile: languages.rust.profiles.whyUnknown }),
      ...whyUnknown("target", target.os.known ? target.arch : target.os),
    },
  };
}

/** The module that it was built of: its sources have no sum. */
function ownModule(
  dependencies: readonly {
    readonly name: string;
    readonly isMain: boolean;
    readonly sum: string | undefined;
  }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dependencies.filter(({ isMain, sum }) => isMain && sum === undefined).map(({ name }) => [name, ""]),
  );
}

function modeIn(flags: readonly string[]): readonly string[] {
  return modeFlags(flags.find((flag) => flag.startsWith("-buildmode="))?.slice("-buildmode=".length));
}

function whyUnknown(field: string, fact: Fact<unknown>): Readonly<Record<string, string>> {
  return fact.known ? {} : { [field]: fact.why };
}
