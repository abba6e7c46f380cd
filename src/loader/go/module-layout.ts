import { known, unknown, type Fact } from "../../evidence/fact.ts";
import { wordSizeOf } from "../../evidence/go/memory.ts";
import {
  hasModuledataSection,
  moduledataLayouts,
  type ModuledataLayout,
} from "../../evidence/go/moduledata.ts";
import { linkerPrefix } from "../../evidence/go/package-hash.ts";
import type { GoPluginTable } from "../../evidence/go/plugin-table.ts";
import type { GoRelease } from "../../evidence/go/release.ts";
import { guarded } from "../../evidence/guarded.ts";
import type { AnyObject } from "../../object/any-object.ts";
import { lineOf, releaseLines } from "./release-line.ts";

/** The shape of a file's moduledata, in words (Go: src/runtime/symtab.go). */
export interface ModuleLayout {
  readonly size: number;
  /** Offset of the slice pkghashes; undefined if no known release has that size. */
  readonly packageHashes: number | undefined;
}

/**
 * The shape by the size that the file records, or else by its release: Mach-O records no sizes of symbols. If the table was found,
 * the plugin itself tells the offset; otherwise it is that of the releases that fit.
 */
export function readModuleLayout(
  object: AnyObject,
  size: Fact<number>,
  release: Fact<GoRelease>,
  table: Fact<GoPluginTable> | undefined,
): Fact<ModuleLayout> {
  return guarded(() => {
    const words = size.known ? size.value / wordSizeOf(object) : undefined;
    const fits = moduledataLayouts.filter(
      (layout) =>
        (words === undefined || layout.size === words) &&
        (!release.known || isOf(layout, release.value)) &&
        (layout.section || !hasModuledataSection(object)) &&
        [undefined, layout.prefix].includes(linkerPrefix(object)),
    );
    const inWords = words ?? onlyOne(fits.map((layout) => layout.size));
    if (inWords === undefined) return size.known ? unknown("no release fits") : size;
    const found = table?.known === true ? table.value.packageHashesAt : undefined;
    const packageHashes = found ?? onlyOne(fits.map((layout) => layout.packageHashes));
    const from = size.known ? size.from : release.known ? `the release, by ${release.from}` : "";
    return known({ size: inWords, packageHashes }, from);
  });
}

function isOf(layout: ModuledataLayout, release: GoRelease): boolean {
  const lines = releaseLines(release);
  const [from, to] = [lineOf(layout.from), lineOf(layout.to)];
  // A development build may have any layout.
  if (lines === undefined || from === undefined || to === undefined) return true;
  return lines.from <= to && lines.to >= from;
}

function onlyOne(values: readonly number[]): number | undefined {
  const [first, ...others] = new Set(values);
  return others.length === 0 ? first : undefined;
}
