import type { ElfSpec } from "./elf-builder.ts";
import { putNumber } from "./elf-structures.ts";
import type { MachoSpec } from "./macho-builder.ts";

/** A Go plugin in words. What is left out is as a plugin of two packages by Go 1.22 has it. */
export interface PluginSpec {
  readonly bits?: 32 | 64;
  readonly endian?: "little" | "big";
  readonly machine?: number;
  /** Packages in the order of the table, each with the hash it was built with. */
  readonly packages?: readonly (readonly [name: string, hash: string | Buffer])[];
  readonly prefix?: "go:link." | "go.link.";
  /** As it stands in the file. */
  readonly path?: string;
  readonly exports?: readonly string[];
  /** Size of moduledata and offset of its slice pkghashes, in words. */
  readonly size?: number;
  readonly packageHashes?: number;
  /** What the moduledata counts, where that is another number. */
  readonly packageCount?: bigint;
  readonly exportCount?: bigint;
}

interface Place {
  readonly in: string;
  readonly at: number;
}

interface Parts {
  readonly sections: readonly {
    readonly name: string;
    readonly content: Buffer;
    readonly writable: boolean;
  }[];
  readonly symbols: readonly (Place & { readonly name: string; readonly size: number })[];
  readonly pointers: readonly (Place & { readonly to: Place })[];
  readonly bound: readonly (Place & { readonly symbol: string })[];
}

/** The kinds of memory that a plugin's moduledata leads to. */
const strings = "strings";
const headers = "headers";
const table = "table";
const data = "noptrdata";

const defaults = {
  bits: 64,
  endian: "little",
  packages: [
    ["internal/abi", "0123456789abcdef"],
    ["example.com/p.v2", "fedcba9876543210"],
  ],
  prefix: "go:link.",
  path: "example.com/p%2ev2",
  exports: ["Answer", "Hello"],
  size: 74,
  packageHashes: 55,
} as const satisfies PluginSpec;

function partsOf(given: PluginSpec): Parts {
  const spec = { ...defaults, ...given };
  const word = spec.bits / 8;
  const pool: Buffer[] = [];
  let pooled = 0;
  const put = (bytes: Buffer): Place => {
    const place = { in: strings, at: pooled };
    pool.push(bytes);
    pooled += bytes.length;
    return place;
  };
  const number = (into: Buffer, at: number, value: bigint): void => {
    putNumber(into, at, word, value, spec.endian);
  };
  const pointers: (Place & { to: Place })[] = [];
  const string = (into: Buffer, place: Place, bytes: Buffer): void => {
    pointers.push({ ...place, to: put(bytes) });
    number(into, place.at + word, BigInt(bytes.length));
  };

  const count = spec.packages.length;
  const entries = Buffer.alloc(count * 5 * word);
  const hashHeaders = Buffer.alloc(count * 2 * word);
  const symbols: (Place & { name: string; size: number })[] = [];
  const bound: (Place & { symbol: string })[] = [];
  spec.packages.forEach(([name, hash], index) => {
    const bytes = Buffer.isBuffer(hash) ? hash : Buffer.from(hash, "hex");
    const at = index * 5 * word;
    string(entries, { in: table, at }, Buffer.from(name));
    string(entries, { in: table, at: at + 2 * word }, bytes);
    const symbol = `${spec.prefix}pkghash.${name}`;
    bound.push({ in: table, at: at + 4 * word, symbol });
    symbols.push({ name: `${spec.prefix}pkghashbytes.${name}`, ...put(bytes), size: bytes.length });
    const header = { in: headers, at: index * 2 * word };
    pointers.push({ ...header, to: put(bytes) });
    number(hashHeaders, header.at + word, BigInt(bytes.length));
    symbols.push({ name: symbol, ...header, size: 2 * word });
  });

  // The first word is runtime.lastmoduledatap, which points to the moduledata behind it.
  const module = Buffer.alloc((1 + spec.size) * word);
  const field = (index: number): Place => ({ in: data, at: (1 + index) * word });
  const hashesAt = spec.packageHashes;
  pointers.push({ in: data, at: 0, to: field(0) }, { ...field(hashesAt), to: { in: table, at: 0 } });
  for (const index of [hashesAt + 1, hashesAt + 2])
    number(module, field(index).at, spec.packageCount ?? BigInt(count));
  number(module, field(hashesAt - 4).at, spec.exportCount ?? BigInt(spec.exports.length));
  string(module, field(hashesAt - 2), Buffer.from(spec.path));
  symbols.push({ name: "runtime.lastmoduledatap", in: data, at: 0, size: word });
  symbols.push({ name: "runtime.firstmoduledata", in: data, at: 0, size: spec.size * word });
  symbols.push(
    ...spec.exports.map((name) => ({ name: `${spec.path}.${name}`, in: data, at: 0, size: word })),
  );
  const named = { [strings]: Buffer.concat(pool), [headers]: hashHeaders, [table]: entries, [data]: module };
  const sections = Object.entries(named).map(([name, content]) => ({
    name,
    content,
    writable: name !== strings,
  }));
  return { sections, symbols, pointers, bound };
}

/** How relative pointers are relocated: by name it is always RELA, but REL with `rel`. */
export type Via = "rela" | "rel" | "relr";

export function elfPlugin(spec: PluginSpec = {}, via: Via = "rela"): ElfSpec {
  const { sections, symbols, pointers, bound } = partsOf(spec);
  const { bits = 64, endian = "little", machine } = spec;
  const named = bound.map(({ symbol, ...place }) => ({ ...place, symbol, via: "symbol" as const }));
  return {
    bits,
    endian,
    ...(machine !== undefined && { machine }),
    sections: sections.map((section) => ({ ...section, name: `.${section.name}` })),
    dynamicSymbols: symbols.map((symbol) => ({ ...symbol, in: `.${symbol.in}` })),
    pointers: [
      ...pointers.map(({ to, ...place }) => ({
        in: `.${place.in}`,
        at: place.at,
        to: { in: `.${to.in}`, at: to.at },
        via,
      })),
      ...(via === "rel" ? [] : named.map((place) => ({ ...place, in: `.${place.in}` }))),
    ],
    ...(via === "rel" && {
      relocations: {
        // R_386_32 and R_ARM_ABS32 are 1 and 2; the word in place is the addend.
        rel: bound.map(({ symbol, ...place }) => ({
          place: { in: `.${place.in}`, at: place.at },
          type: machine === 40 ? 2 : 1,
          symbol,
          addend: 0,
        })),
      },
    }),
  };
}

/** The same as an image for a flat namespace, with classic or chained fixups. */
export function machoPlugin(spec: PluginSpec = {}, fixups: "classic" | "chained" = "classic"): MachoSpec {
  const { sections, symbols, pointers, bound } = partsOf(spec);
  const placeOf = ({ in: name, at }: Place) => [`__DATA,__${name}`, at] as const;
  const rebases = pointers.map(({ to, ...place }) => ({ at: placeOf(place), to: placeOf(to) }));
  const binds = bound.map(({ symbol, ...place }) => ({
    at: placeOf(place),
    symbol: `_${symbol}`,
    ordinal: -2,
  }));
  return {
    segments: [
      { name: "__TEXT", sections: [{ name: "__const", bytes: "{}" }] },
      {
        name: "__DATA",
        sections: sections.map(({ name, content }) => ({ name: `__${name}`, bytes: content })),
      },
    ],
    exports: symbols.map(({ name, ...place }) => ({ name: `_${name}`, at: placeOf(place) })),
    ...(fixups === "classic"
      ? { rebases, binds }
      : { chainedFixups: { format: 6, fixups: [...rebases, ...binds] } }),
  };
}
