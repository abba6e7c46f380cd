import type { AnyObject } from "../../object/any-object.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import type { SectionPiece } from "../../object/elf/section-content.ts";
import { FormatError } from "../../object/format-error.ts";
import type { RustTraces } from "./traces.ts";

/**
 * Something that speaks for a Cargo profile. None of it is certain: a profile's settings can all be changed, and its output
 * renamed.
 */
export interface ProfileHint {
  /** "debug" stands for the profiles dev and test, "release" for release and bench, as the output folders do. */
  readonly profile: string;
  readonly strength: "strong" | "moderate" | "weak";
  /** What was seen, as a sentence fragment. */
  readonly reason: string;
  readonly from: string;
}

/** What speaks for a profile, and the target that the same path names. */
export interface RustProfile {
  /** The strongest first. */
  readonly hints: readonly ProfileHint[];
  /** The folder of `--target`, if the path of a Mach-O library has one: "aarch64-apple-darwin". */
  readonly triple: string | undefined;
}

/** Cargo puts libraries at `<target folder>[/<triple>]/<profile>/deps/`, and ld64 that path into LC_ID_DYLIB. */
const outputPath = /(?:\/([a-z0-9_]+(?:-[a-z0-9_.]+){2,3}))?\/([A-Za-z0-9_-]+)\/deps\/lib[^/]+\.dylib$/;

/** Of `.debug_str`, in bytes. The standard library's own takes 2 MB; in a longer one nothing is looked for. */
const debugLimit = 8 * 1024 * 1024;

/** In names of compile units: source, "/@/", then crate, hash and number of the codegen unit (compiler/rustc_codegen_llvm). */
const slash = 0x2f;

/** A longer path is cut in a reason. */
const shown = 200;

/** Sources of compile units that came with the toolchain, which has debug info of its own in every profile. */
const toolchainSource =
  /(?:^|\/)(?:rustc\/[^/]+|usr\/src\/rustc-[^/]+|rust\/deps|rustlib\/src\/rust)\/|^(?:library|vendor)\//;

/** What the binary says of the profile it was built with; nothing if it says nothing. */
export function readRustProfile(object: AnyObject, traces: RustTraces): RustProfile {
  const { installName = "", unit } = buildTraces(object);
  const [, triple, folder] = outputPath.exec(installName) ?? [];
  const hints: ProfileHint[] = [];
  if (folder !== undefined) {
    const reason = `it was linked in Cargo's folder ${folder}/deps`;
    hints.push({ profile: folder, strength: "strong", reason, from: "LC_ID_DYLIB" });
  }
  if (traces.overflowCheck !== undefined) {
    const { text, from } = traces.overflowCheck;
    hints.push({ profile: "debug", strength: "moderate", reason: `it checks for overflow: "${text}"`, from });
  }
  if (unit !== undefined) {
    const reason = `it has debug info of its own code (${unit})`;
    hints.push({ profile: "debug", strength: "weak", reason, from: ".debug_str" });
  }
  return { hints, triple };
}

/** What a format keeps of the build: where it was linked to, or the source of a compile unit. */
function buildTraces(object: AnyObject): {
  readonly installName?: string | undefined;
  readonly unit?: string | undefined;
} {
  switch (object.format) {
    case "elf":
      return { unit: ownCompileUnit(object) };
    case "macho":
      return { installName: object.installName };
  }
}

/** Source of the first compile unit that is not the toolchain's. */
function ownCompileUnit(object: ElfFile): string | undefined {
  try {
    const section = object.sections.find(({ name }) => name === ".debug_str");
    if (section === undefined) return undefined;
    for (const piece of object.sectionPieces(section, debugLimit)) {
      const unit = ownUnitIn(piece);
      if (unit !== undefined) return unit;
    }
    return undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function ownUnitIn({ bytes, from, to }: SectionPiece): string | undefined {
  // Each text is looked at once, so that a section full of marks takes no longer than another. An @ is rarer than a slash.
  for (let at = bytes.indexOf("@", from); at !== -1 && at < to; at = bytes.indexOf("@", at + 1)) {
    if (bytes[at - 1] !== slash || bytes[at + 1] !== slash) continue;
    const before = bytes.lastIndexOf(0, at);
    const source = bytes.toString("latin1", before + 1, at - 1);
    // What begins in front of all that is there is no path.
    const isWhole = before !== -1 || from === 0;
    if (isWhole && !toolchainSource.test(source)) return source.slice(0, shown);
    at = bytes.indexOf(0, at);
    if (at === -1) return undefined;
  }
  return undefined;
}
