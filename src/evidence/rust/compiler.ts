import type { AnyObject } from "../../object/any-object.ts";
import type { ElfFile } from "../../object/elf/file.ts";
import { hasSectionHeaders } from "../../object/object-file.ts";
import { known, unknown, type Fact } from "../fact.ts";
import { guarded } from "../guarded.ts";

/** The stamp that rustc leaves in every object it writes. */
export interface RustCompiler {
  /** The stamp without its first words: "1.95.0 (59807616e 2026-04-14)", as `rustc --version` prints it. */
  readonly text: string;
  /** "1.95.0", "1.97.0-nightly". */
  readonly release: string;
  /** Abbreviated, mostly to 9 hex digits; undefined if its builder had none. */
  readonly commit: string | undefined;
  /** Of the commit: "2026-04-14". */
  readonly date: string | undefined;
}

/** In bytes; linkers keep each text once, so that the longest known has some 800. */
const limit = 1024 * 1024;

/**
 * LLVM's `llvm.ident`, which it writes to `.comment` (rust-lang/rust: compiler/rustc_codegen_llvm/src/context.rs); behind the
 * parenthesis stands what the builder's `description` says.
 */
const stamp =
  /^rustc version ((\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?: \(([0-9a-f]{7,40}) (\d{4}-\d\d-\d\d)\))?.*)$/s;

/** More text than this is not repeated in a reason. */
const shown = 100;

/**
 * The distinct stamps in `.comment`, one at least: rustc 1.73 and later leave one in ELF files. `llvm-strip` takes the section
 * away, other ways of stripping do not.
 */
export function readRustStamps(object: AnyObject): Fact<readonly string[]> {
  switch (object.format) {
    case "elf":
      return stampsOfElf(object);
    case "macho":
      return unknown("rustc leaves no stamp in Mach-O files");
  }
}

function stampsOfElf(object: ElfFile): Fact<readonly string[]> {
  return guarded(() => {
    const section = object.sections.find(({ name }) => name === ".comment");
    if (section === undefined) {
      return unknown(
        hasSectionHeaders(object)
          ? "the file has no section .comment"
          : "the file has no section headers, so .comment cannot be found",
      );
    }
    const texts = object.readSection(section, limit).toString("utf8").split("\0");
    const stamps = new Set(texts.filter((text) => text.startsWith("rustc version ")));
    return stamps.size === 0
      ? unknown("no stamp of rustc in .comment: 1.73 and later leave one")
      : known([...stamps], ".comment");
  });
}

/** The one compiler that left all the stamps. */
export function rustCompiler(stamps: Fact<readonly string[]>): Fact<RustCompiler> {
  if (!stamps.known) return stamps;
  const { value, from } = stamps;
  const [first = "", ...others] = value;
  if (others.length > 0) {
    const listed = value.map((each) => each.slice(0, shown)).slice(0, 8);
    return unknown(`${from} has the stamps of ${value.length} Rust compilers: ${listed.join(", ")}`);
  }
  const match = stamp.exec(first);
  if (match === null) return unknown(`the stamp in ${from} has an unknown form: ${first.slice(0, shown)}`);
  const [, text = "", release = "", commit, date] = match;
  return known({ text, release, commit, date }, from);
}
