import { pageStarts } from "./constants.ts";
import type { ByteSource } from "../image.ts";
import type { Segment } from "../object-file.ts";
import type { BindTarget } from "./bind-target.ts";
import { ChainedImports } from "./chained-import.ts";
import { ChainPage } from "./chain-page.ts";
import { chainedTarget, pointerFormat, type PointerFormat } from "./chained-pointer.ts";
import type { MachoHeader } from "./header.ts";
import { Region } from "./region.ts";

/*
 * mach-o/fixup-chains.h, the payload of LC_DYLD_CHAINED_FIXUPS:
 *
 * struct dyld_chained_fixups_header {            struct dyld_chained_starts_in_image {
 *   0  u32 fixups_version;   always 0              0  u32 seg_count;
 *   4  u32 starts_offset;                          4  u32 seg_info_offset[];  from this struct; 0: no fixups
 *   8  u32 imports_offset;                       };
 *  12  u32 symbols_offset;                       struct dyld_chained_starts_in_segment {
 *  16  u32 imports_count;                          0  u32 size;
 *  20  u32 imports_format;                         4  u16 page_size;
 *  24  u32 symbols_format;   0: not compressed     6  u16 pointer_format;
 * };                                               8  u64 segment_offset;
 *                                                 16  u32 max_valid_pointer;
 *                                                 20  u16 page_count;
 *                                                 22  u16 page_start[];  then more starts, see pageStarts.multi
 *                                                };
 */
const headerSize = 28;
const pageStartsAt = 22;

/** What is in a word that is a link of a chain. */
export type ChainedWord =
  | { readonly kind: "address"; readonly address: bigint }
  | { readonly kind: "plain"; readonly value: bigint }
  | { readonly kind: "bind"; readonly target: BindTarget }
  | { readonly kind: "unknown"; readonly reason: string };

interface SegmentStarts {
  readonly table: Region;
  readonly pageSize: number;
  readonly formatNumber: number;
  readonly format: PointerFormat | undefined;
  readonly maxValidPointer: number;
  readonly pageCount: number;
}

interface KeptPage {
  readonly segment: Segment;
  readonly index: number;
  readonly page: ChainPage;
}

/** Fixups that are threaded through the words they apply to, one or more chains a page. */
export class ChainedFixups {
  readonly imports: ChainedImports;
  readonly #startsOffset: number;
  readonly #segmentCount: number;
  #lastPage: KeptPage | undefined;

  constructor(
    private readonly source: ByteSource,
    private readonly header: MachoHeader,
    private readonly region: Region,
    private readonly segments: readonly Segment[],
    /** Address of the Mach-O header. */
    private readonly base: bigint,
  ) {
    if (region.size < headerSize)
      throw region.problem("header is cut off", 0, region.size, `${headerSize} bytes`);
    const version = region.u32(0);
    if (version !== 0) throw region.problem("unknown version", 0, version, "0");
    const symbolsFormat = region.u32(24);
    if (symbolsFormat !== 0) throw region.problem("unknown symbols format", 24, symbolsFormat, "0");
    this.imports = new ChainedImports(region, {
      offset: region.u32(8),
      count: region.u32(16),
      format: region.u32(20),
      namesOffset: region.u32(12),
    });
    this.#startsOffset = region.u32(4);
    this.#segmentCount = region.u32(this.#startsOffset);
    // Fewer is allowed: tools add segments without fixups after linking (dyld, mach_o/ChainedFixups.cpp).
    if (this.#segmentCount > segments.length) {
      throw region.problem(
        "too many segments",
        this.#startsOffset,
        this.#segmentCount,
        `at most ${segments.length}`,
      );
    }
  }

  /**
   * What the loader puts at an address; undefined if no chain goes through it.
   * @throws FormatError for a chain that leaves its page or its segment's content.
   */
  at(address: bigint): ChainedWord | undefined {
    const index = this.segments.findIndex(
      (one) => address >= one.address && address < one.address + one.memorySize,
    );
    const segment = this.segments[index];
    if (segment === undefined) return undefined;
    const starts = this.#starts(index);
    if (starts === undefined) return undefined;
    const offset = address - segment.address;
    const pageIndex = offset / BigInt(starts.pageSize);
    if (pageIndex >= BigInt(starts.pageCount)) return undefined;
    const { format, formatNumber } = starts;
    const chains = this.#chainStarts(starts, Number(pageIndex));
    if (chains.length === 0) return undefined;
    if (format === undefined) return { kind: "unknown", reason: `chained pointer format ${formatNumber}` };
    const page = this.#page(segment, starts.pageSize, Number(pageIndex), format, chains);
    const wanted = Number(offset % BigInt(starts.pageSize));
    if (!page.isLink(wanted)) return undefined;
    const word = page.content.word(wanted, format.bits);
    const target = chainedTarget(format, word, this.base, starts.maxValidPointer);
    if (target.kind !== "bind") return target;
    const bound = this.imports.at(target.ordinal, page.content, wanted);
    return { kind: "bind", target: { ...bound, addend: bound.addend + target.addend } };
  }

  #starts(index: number): SegmentStarts | undefined {
    if (index >= this.#segmentCount) return undefined;
    const { region } = this;
    const infoOffset = region.u32(this.#startsOffset + 4 + index * 4);
    if (infoOffset === 0) return undefined;
    const at = this.#startsOffset + infoOffset;
    const size = region.u32(at);
    const pageCount = region.u16(at + 20);
    if (size < pageStartsAt + pageCount * 2 || at + size > region.size) {
      throw region.problem(
        "starts of a segment do not fit",
        at,
        size,
        `${pageStartsAt + pageCount * 2} or more`,
      );
    }
    const pageSize = region.u16(at + 4);
    if (pageSize !== 0x1000 && pageSize !== 0x4000) {
      throw region.problem("wrong page size", at + 4, pageSize, "4096 or 16384");
    }
    const formatNumber = region.u16(at + 6);
    const format = pointerFormat(formatNumber);
    if (format !== undefined && format.bits !== this.header.bits) {
      throw region.problem("pointer format is of another word size", at + 6, formatNumber);
    }
    const bytes = region.bytes.subarray(at, at + size);
    const table = new Region(bytes, region.origin + at, "chained fixups", this.header.endian);
    return { table, pageSize, formatNumber, format, pageCount, maxValidPointer: region.u32(at + 16) };
  }

  /** Where the chains of a page start, in bytes from the page. */
  #chainStarts({ table, pageSize, format }: SegmentStarts, page: number): readonly number[] {
    const at = pageStartsAt + page * 2;
    const start = table.u16(at);
    if (start === pageStarts.none) return [];
    if ((start & pageStarts.multi) === 0) return [insidePage(table, at, start, pageSize)];
    if (format?.bits === 64) throw table.problem("several chains on a page of a 64-bit image", at, start);
    const starts: number[] = [];
    for (let index = start & ~pageStarts.multi; ; index++) {
      const listAt = pageStartsAt + index * 2;
      const entry = table.u16(listAt);
      starts.push(insidePage(table, listAt, entry & ~pageStarts.last, pageSize));
      if ((entry & pageStarts.last) !== 0) return starts;
      if (starts.length * 4 > pageSize)
        throw table.problem("more chains than words on a page", listAt, index);
    }
  }

  #page(
    segment: Segment,
    pageSize: number,
    index: number,
    format: PointerFormat,
    chains: readonly number[],
  ): ChainPage {
    const last = this.#lastPage;
    if (last?.segment === segment && last.index === index) return last.page;
    const from = BigInt(index * pageSize);
    const left = segment.fileSize > from ? segment.fileSize - from : 0n;
    // A word at the page's end may reach into the next page.
    const most = BigInt(pageSize + 8);
    const what = `page ${index} of segment ${segment.name}`;
    const offset = left === 0n ? segment.offset : segment.offset + from;
    const content = Region.read(this.source, offset, left < most ? left : most, what, this.header.endian);
    const page = new ChainPage(content, format, pageSize, chains);
    this.#lastPage = { segment, index, page };
    return page;
  }
}

function insidePage(table: Region, at: number, start: number, pageSize: number): number {
  if (start >= pageSize) throw table.problem("chain starts outside its page", at, start, `below ${pageSize}`);
  return start;
}
