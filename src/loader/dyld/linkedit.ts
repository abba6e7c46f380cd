import { versionText } from "../../object/macho/version.ts";
import { targetOptions, unknown } from "../step.ts";
import { readLinkedit, stringPool, type Linkedit, type SymbolRuns } from "./linkedit-tables.ts";
import { DYLD } from "./messages.ts";
import { sdkEpoch, type Built } from "./platform.ts";
import type { RawCommand, RawImage } from "./raw-image.ts";
import { refused, said, type FileStep } from "./reason.ts";
import type { MacosRelease } from "./release.ts";

/** What some releases of macOS make of the tables in __LINKEDIT when they load a library or bundle. */
interface LinkeditRule {
  /** Major numbers, both included. */
  readonly since: number;
  readonly until: number;
  /** A string pool that is not aligned to a pointer: from which SDK on it is refused, and before which it is not; in between it is unknown. As `sdkEpoch` has them. */
  readonly pool?: { readonly refusedSince: number; readonly loadsBefore: number };
  /** Why it is unknown what they make of tables in disorder; they load the file if it is left out. */
  readonly disorder?: string;
}

const unpublished = "the source of that dyld is not published";

/**
 * By release, from dyld's sources. A check that only dyld_info and the linker run (mach_o/Image.cpp, Image::validate) refuses no
 * plugin, and is not here.
 *
 * - dyld-832 and dyld-852 (src/ImageLoaderMachO.cpp, sniffLoadCommands): where tables start and end, and their counts; the string pool
 *   may start anywhere.
 * - dyld-940 to dyld-1378: nothing. dyld-940 to dyld-960 check no file; dyld-1042 to dyld-1245 call
 *   MachOAnalyzer::validMachOForArchAndPlatform, and dyld-1284 to dyld-1378 Header::valid, UnsafeHeader::valid since dyld-1376
 *   (dyld/JustInTimeLoader.cpp, makeJustInTimeLoaderDisk): both leave __LINKEDIT out.
 * - macOS 27: not published. People report the message for files of SDK 27.0, also if they are for macOS 26, and that files of older
 *   SDKs load (rust-lang/rust#157750); and for SDK 20.0 (JuliaLang/julia#62089), a number that dyld takes for fall 2026. SDK 27 is
 *   where dyld's checks of that fall begin. That those of SDK 26 load is one person's word, and no file's.
 */
const rules: readonly LinkeditRule[] = [
  { since: 0, until: 11, disorder: "the checks of its dyld are not predicted" },
  { since: 12, until: 26 },
  {
    since: 27,
    until: Infinity,
    pool: { refusedSince: 20265, loadsBefore: 20255 },
    disorder: unpublished,
  },
];

/** Of the newest release whose dyld is published. */
export const newestPublished = 26;

const realign =
  'link it again without stripping it (strip = "none" in the Cargo profile), or strip it with an LLVM that aligns the string pool (llvm/llvm-project#203680), and sign it again.';

/** Which releases may load the file. */
export interface LoadingReleases {
  /** The only one, if it was named. */
  readonly release: MacosRelease | undefined;
  /** Otherwise the major number of the oldest. */
  readonly oldest: number;
}

/** What one rule makes of the file; a text says why that is unknown. */
interface Answer {
  /** "macOS 12 to 26". */
  readonly releases: string;
  readonly is: "loads" | "refused" | { readonly unknown: string };
}

/**
 * Whether the tables in __LINKEDIT are where the releases that may load the file want them. If these differ, the answer is unknown and
 * says which do what.
 */
export function checkLinkedit(
  image: RawImage,
  commands: readonly RawCommand[],
  built: Built,
  releases: LoadingReleases,
): readonly FileStep[] {
  const linkedit = readLinkedit(image, commands);
  const problem = disorderOf(linkedit);
  const disorder = (rule: LinkeditRule): Answer["is"] =>
    rule.disorder === undefined ? "loads" : { unknown: `this is unknown: ${rule.disorder}` };
  return [
    ...(problem === undefined
      ? []
      : verdict(answersOf(disorder, releases), `The tables in __LINKEDIT are in disorder: ${problem}.`)),
    ...checkPool(linkedit, image.bits / 8, built, releases),
  ];
}

function checkPool(
  { tables }: Linkedit,
  alignment: number,
  built: Built,
  releases: LoadingReleases,
): readonly FileStep[] {
  const pool = tables.find(({ name }) => name === stringPool);
  if (pool === undefined || pool.offset % alignment === 0) return [];
  const offset = pool.offset.toString(16).toUpperCase().padStart(8, "0");
  const what = `The string pool in __LINKEDIT starts at 0x${offset}, not at a multiple of ${alignment}: tools that strip a file can leave it so.`;
  const answers = answersOf((rule) => poolAnswer(rule, built), releases);
  if (answers.some(({ is }) => is !== "refused")) return verdict(answers, what, realign);
  return [
    refused({
      ...said(DYLD.stringPool, { offset }),
      cause: `${what} macOS 27 and later refuse that in files built with SDK 27 or later; this one is built with SDK ${versionText(built.sdk)}.`,
      fix: `${realign.charAt(0).toUpperCase()}${realign.slice(1)}`,
      subject: "__LINKEDIT",
      plugin: { value: `0x${offset}`, from: "LC_SYMTAB" },
    }),
  ];
}

function poolAnswer({ pool }: LinkeditRule, built: Built): Answer["is"] {
  if (pool === undefined) return "loads";
  const epoch = sdkEpoch(built);
  if (epoch !== undefined && epoch >= pool.refusedSince) return "refused";
  if (epoch !== undefined && epoch < pool.loadsBefore) return "loads";
  const sdk = `whether also with SDK ${versionText(built.sdk)} is unknown`;
  return { unknown: `it is refused in files built with SDK 27 or later, and ${sdk}: ${unpublished}` };
}

function answersOf(
  answer: (rule: LinkeditRule) => Answer["is"],
  { release, oldest }: LoadingReleases,
): readonly Answer[] {
  const major = release?.parts[0];
  const first = major ?? oldest;
  return rules
    .filter(({ since, until }) => until >= first && (major === undefined || since <= major))
    .map((rule) => ({
      releases: major === undefined ? nameOf(rule, oldest) : `macOS ${major}`,
      is: answer(rule),
    }));
}

function nameOf({ since, until }: LinkeditRule, oldest: number): string {
  const first = Math.max(since, oldest);
  if (until === Infinity) return `macOS ${first} and later`;
  return first === until ? `macOS ${first}` : `macOS ${first} to ${until}`;
}

/** Nothing if all load the file; otherwise one unknown for all of them. */
function verdict(answers: readonly Answer[], what: string, remedy?: string): readonly FileStep[] {
  if (answers.every(({ is }) => is === "loads")) return [];
  const told = answers.map(({ releases, is }) => {
    if (is === "loads") return `It loads on ${releases}.`;
    return is === "refused" ? `It is refused on ${releases}.` : `On ${releases} ${is.unknown}.`;
  });
  const next = answers.length === 1 ? [] : [`Pass ${targetOptions.macos} to check for one release.`];
  const fix = remedy === undefined ? [] : [`To be sure: ${remedy}`];
  return [unknown([what, ...told, ...next, ...fix].join(" "))];
}

/**
 * What is wrong with the tables, by dyld's own validator (dyld-1378, mach_o/Image.cpp, Image::validStructureLinkedit). An image
 * without any table, and one that has its fixups twice, is not looked at.
 */
function disorderOf({ range, tables, symbols, runs }: Linkedit): string | undefined {
  const counts = runs && countProblem(runs, symbols);
  if (counts !== undefined || tables.length === 0) return counts;
  if (range === undefined) return "there is no segment __LINKEDIT for them";
  let [before, beforeEnd] = ["start of the segment", range.start];
  for (const { name, alignment, offset, size } of tables.toSorted((a, b) => a.offset - b.offset)) {
    if (offset < beforeEnd) return `the ${name} at ${offset} overlaps the ${before}`;
    const end = offset + size;
    if (end > range.end) return `the ${name} ends at ${end}, the segment at ${range.end}`;
    if (offset % alignment !== 0) return `the ${name} starts at ${offset}, not at a multiple of ${alignment}`;
    [before, beforeEnd] = [name, end];
  }
  return undefined;
}

/** Local symbols come first, then exported ones, then imported ones; together they are all. */
function countProblem(runs: SymbolRuns, symbols: number): string | undefined {
  const { ilocalsym, nlocalsym, iextdefsym, nextdefsym, iundefsym, nundefsym } = runs;
  if (ilocalsym !== 0) return `the local symbols start at number ${ilocalsym}, not at 0`;
  if (iextdefsym !== nlocalsym) {
    return `the exported symbols start at number ${iextdefsym}, after ${nlocalsym} local ones`;
  }
  const defined = iextdefsym + nextdefsym;
  if (iundefsym !== defined) {
    return `the imported symbols start at number ${iundefsym}, after ${defined} others`;
  }
  const all = iundefsym + nundefsym;
  return all === symbols ? undefined : `LC_DYSYMTAB counts ${all} symbols, LC_SYMTAB ${symbols}`;
}
