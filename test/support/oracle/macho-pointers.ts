import type { Pointer } from "../../../src/object/object-file.ts";
import type { FixupFact, LoadCommandFact } from "./macho-facts.ts";
import { segmentsIn } from "./macho-lines.ts";
import { randomNumbers } from "./sample.ts";

/** What a word at an address ought to be, worked out from a tool's fixups and the file's bytes alone. */
export interface ExpectedPointer {
  readonly address: bigint;
  readonly pointer: (Pointer & { readonly kind: "plain" | "address" }) | ExpectedImport;
}

interface ExpectedImport {
  readonly kind: "import";
  readonly symbol: string;
  readonly addend: bigint;
}

/** Where several fixups name one place, the one that the loader applies last decides. */
const LAST_FIRST = ["weak-bind", "bind", "lazy-bind", "rebase"] as const;

/** Low bits of a chained rebase that are its target, and the tag byte above them (fixup-chains.h). */
const TARGET_BITS = 36;

/** Every word that a fixup changes, but for binds to the image itself and those whose symbol the tool does not tell. */
export function expectedPointers(
  fixups: readonly FixupFact[],
  commands: readonly LoadCommandFact[],
  bytes: Buffer,
): ExpectedPointer[] {
  const byAddress = new Map<bigint, FixupFact>();
  for (const kind of [...LAST_FIRST].reverse()) {
    for (const fixup of fixups) if (fixup.kind === kind) byAddress.set(fixup.address, fixup);
  }
  const base = imageBase(commands);
  return [...byAddress.values()]
    .filter(
      ({ kind, symbol, library }) => kind === "rebase" || (symbol !== undefined && library !== "this-image"),
    )
    .map(({ address, kind, symbol = "", addend = 0n, raw }) => {
      if (kind !== "rebase") return { address, pointer: { kind: "import", symbol, addend } };
      const target =
        raw === undefined ? wordAt(commands, bytes, address) : base + BigInt.asUintN(TARGET_BITS, raw);
      return { address, pointer: { kind: "address", address: target } };
    });
}

/** Aligned words of the writable segments at random places that no fixup names. */
export function plainWords(
  fixups: readonly FixupFact[],
  commands: readonly LoadCommandFact[],
  bytes: Buffer,
  most: number,
): ExpectedPointer[] {
  const changed = new Set(fixups.map(({ address }) => address));
  const next = randomNumbers(11);
  return segmentsIn(commands)
    .filter((fields) => fields.get("initprot") === "rw-" && numberIn(fields, "filesize") >= 8n)
    .flatMap((fields) => {
      const count = Number(numberIn(fields, "filesize") / 8n);
      const first = numberIn(fields, "vmaddr");
      return Array.from({ length: most }, () => first + 8n * BigInt(Math.floor(next() * count)));
    })
    .filter((address) => !changed.has(address))
    .map((address) => ({ address, pointer: { kind: "plain", value: wordAt(commands, bytes, address) } }));
}

/** All images of the corpus are of 64 bits and little-endian. */
function wordAt(commands: readonly LoadCommandFact[], bytes: Buffer, address: bigint): bigint {
  const segment = segmentsIn(commands).find((fields) => {
    const start = numberIn(fields, "vmaddr");
    return address >= start && address < start + numberIn(fields, "filesize");
  });
  if (segment === undefined) throw new Error(`no segment holds 0x${address.toString(16)}`);
  return bytes.readBigUInt64LE(Number(address - numberIn(segment, "vmaddr") + numberIn(segment, "fileoff")));
}

function imageBase(commands: readonly LoadCommandFact[]): bigint {
  const text = segmentsIn(commands).find((fields) => fields.get("segname") === "__TEXT");
  return text === undefined ? 0n : numberIn(text, "vmaddr");
}

function numberIn(fields: ReadonlyMap<string, string>, key: string): bigint {
  return BigInt(fields.get(key)?.trim() ?? 0);
}
