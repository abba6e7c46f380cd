import {
  dynamicOrder,
  fixed,
  hashParts,
  notePart,
  relocationPart,
  StringPool,
  symbolTable,
  versionParts,
} from "./elf-parts.ts";
import type { Lookup, Part } from "./elf-parts.ts";
import type { Basics, ElfSpec, PointerSpec, RelocationSpec, Spot } from "./elf-spec.ts";
import { numbers, sizeOf, structure } from "./elf-structures.ts";

/** The relative and the symbolic pointer relocation of a machine, from its psABI. */
const POINTER_TYPES: Readonly<Record<number, readonly [relative: number, symbolic: number]>> = {
  3: [8, 1],
  20: [22, 1],
  21: [22, 38],
  22: [12, 22],
  40: [23, 2],
  62: [8, 1],
  183: [1027, 257],
  243: [3, 2], // 64-bit; R_RISCV_32 is 1
  258: [3, 2],
};

/** The sections that the dynamic section leads to, and the dynamic section itself. */
export function dynamicParts(spec: ElfSpec, basics: Basics): readonly Part[] {
  const parts: Part[] = [];
  if (spec.interpreter !== undefined) parts.push(fixed(".interp", 1, Buffer.from(`${spec.interpreter}\0`)));
  if (spec.notes !== undefined) parts.push(notePart(spec, basics));
  if (!isDynamic(spec)) return parts;

  const strings = new StringPool();
  const offsets: (readonly [bigint, number])[] = (spec.needed ?? []).map(
    (name) => [1n, strings.add(name)] as const,
  );
  for (const [tag, text] of [
    [14n, spec.soname],
    [15n, spec.rpath],
    [29n, spec.runpath],
  ] as const) {
    if (text !== undefined) offsets.push([tag, strings.add(text)]);
  }
  parts.push(...hashParts(spec, basics));
  const names = { table: ".dynsym", strings: ".dynstr", type: 11 };
  parts.push(...symbolTable(basics, dynamicOrder(spec).symbols, strings, names, "read-only"));
  parts.push(...versionParts(spec, basics, strings));
  parts.push(...relocationParts(spec, basics));
  parts.push(fixed(".dynstr", 3, strings.bytes));
  parts.push(dynamicSection(spec, basics, parts, offsets));
  return parts;
}

function isDynamic(spec: ElfSpec): boolean {
  if (spec.dynamicSegment === false) return false;
  const wanting: readonly (readonly unknown[] | object | string | undefined)[] = [
    spec.needed,
    spec.soname,
    spec.rpath,
    spec.runpath,
    spec.dynamic,
    spec.dynamicSymbols,
    spec.relocations,
    spec.pointers?.find(({ via }) => via !== "plain"),
    spec.versionNeeds,
    spec.versionDefinitions,
  ];
  return wanting.some((value) => value !== undefined);
}

function relocationParts(spec: ElfSpec, basics: Basics): readonly Part[] {
  const { rela = [], rel = [], jmprel = [], relr = [] } = spec.relocations ?? {};
  const allRela = [...rela, ...pointerRelocations(spec, basics, ["rela", "symbol"])];
  const allRel = [...rel, ...pointerRelocations(spec, basics, ["rel"])];
  const relrPointers = (spec.pointers ?? []).filter(({ via }) => via === "relr");
  const words: readonly (bigint | Spot)[] = [
    ...relr,
    ...relrPointers.map(({ in: name, at = 0 }) => ({ in: name, at })),
  ];
  const parts: Part[] = [];
  if (allRela.length > 0) parts.push(relocationPart(spec, basics, ".rela.dyn", true, allRela));
  if (allRel.length > 0) parts.push(relocationPart(spec, basics, ".rel.dyn", false, allRel));
  if (jmprel.length > 0)
    parts.push(relocationPart(spec, basics, ".plt.relocations", spec.pltKind !== "rel", jmprel));
  if (words.length > 0) {
    const wordSize = basics.bits / 8;
    parts.push({
      ...fixed(".relr.dyn", 19, Buffer.alloc(words.length * wordSize)),
      entrySize: wordSize,
      content: (lookup) => numbers(words.map(lookup.address), wordSize, basics),
    });
  }
  return parts;
}

function pointerRelocations(
  spec: ElfSpec,
  { machine, bits }: Basics,
  kinds: readonly PointerSpec["via"][],
): readonly RelocationSpec[] {
  return (spec.pointers ?? [])
    .filter(({ via }) => kinds.includes(via))
    .map(({ via, symbol, addend, to, ...place }) => {
      const types = POINTER_TYPES[machine];
      if (types === undefined)
        throw new Error(`the builder does not know the pointer relocations of machine ${machine}`);
      const [relative, wide] = types;
      const symbolic = machine === 243 && bits === 32 ? 1 : wide;
      return via === "symbol"
        ? { place, type: symbolic, addend: addend ?? 0, ...(symbol !== undefined && { symbol }) }
        : { place, type: relative, addend: to ?? 0 };
    });
}

type Entry = readonly [tag: bigint, value: number | bigint | Spot];

function dynamicSection(
  spec: ElfSpec,
  basics: Basics,
  parts: readonly Part[],
  offsets: readonly (readonly [bigint, number])[],
): Part {
  const entries: Entry[] = [...offsets];
  const table = (name: string, address: bigint, size?: bigint, entrySize?: bigint): void => {
    const part = parts.find((candidate) => candidate.name === name);
    if (part === undefined) return;
    entries.push([address, { in: name }]);
    if (size !== undefined) entries.push([size, part.size]);
    if (entrySize !== undefined) entries.push([entrySize, part.entrySize ?? 0]);
  };
  table(".hash", 4n);
  table(".gnu.hash", 0x6ffffef5n);
  table(".dynstr", 5n, 10n);
  table(".dynsym", 6n, undefined, 11n);
  table(".rela.dyn", 7n, 8n, 9n);
  table(".rel.dyn", 17n, 18n, 19n);
  table(".relr.dyn", 36n, 35n, 37n);
  table(".plt.relocations", 23n, 2n);
  if (spec.relocations?.jmprel !== undefined) entries.push([20n, spec.pltKind === "rel" ? 17 : 7]);
  table(".gnu.version", 0x6ffffff0n);
  table(".gnu.version_d", 0x6ffffffcn);
  if (spec.versionDefinitions !== undefined) entries.push([0x6ffffffdn, spec.versionDefinitions.length]);
  table(".gnu.version_r", 0x6ffffffen);
  if (spec.versionNeeds !== undefined) entries.push([0x6fffffffn, spec.versionNeeds.length]);
  entries.push(...(spec.dynamic ?? []), [0n, 0]);
  const size = sizeOf("dynamic", basics);
  const encode = (lookup: Lookup): Buffer =>
    Buffer.concat(
      entries.map(([tag, value]) =>
        structure("dynamic", basics, { d_tag: tag, d_val: lookup.address(value) }),
      ),
    );
  return {
    name: ".dynamic",
    type: 6,
    where: "writable",
    size: entries.length * size,
    entrySize: size,
    link: ".dynstr",
    content: encode,
  };
}
