import { cString, sleb, uleb } from "./macho-writer.ts";

/** A place as the opcodes of LC_DYLD_INFO name it. */
export interface OpcodePlace {
  readonly segment: number;
  readonly offset: bigint;
}

/** Opcodes that slide a pointer at each place. @param type REBASE_TYPE_*. */
export function rebaseOpcodes(places: readonly OpcodePlace[], type = 1): Buffer {
  if (places.length === 0) return Buffer.alloc(0);
  const each = places.map(({ segment, offset }) =>
    Buffer.concat([Buffer.from([0x20 | segment]), uleb(offset), Buffer.from([0x51])]),
  );
  return Buffer.concat([Buffer.from([0x10 | type]), ...each, Buffer.from([0])]);
}

export interface OpcodeBind extends OpcodePlace {
  readonly symbol: string;
  readonly ordinal: number;
  readonly addend: bigint | number;
  readonly weak: boolean;
}

/** Opcodes that bind each place; lazy ones end each bind by itself, weak ones name no library. */
export function bindOpcodes(binds: readonly OpcodeBind[], kind: "bind" | "weak" | "lazy"): Buffer {
  if (binds.length === 0) return Buffer.alloc(0);
  const each = binds.map(({ segment, offset, symbol, ordinal, addend, weak }) =>
    Buffer.concat([
      kind === "weak" ? Buffer.alloc(0) : ordinalOpcode(ordinal),
      Buffer.from([0x40 | (weak ? 1 : 0)]),
      cString(symbol),
      Buffer.from([0x51, 0x60]),
      sleb(addend),
      Buffer.from([0x70 | segment]),
      uleb(offset),
      Buffer.from(kind === "lazy" ? [0x90, 0] : [0x90]),
    ]),
  );
  return Buffer.concat([...each, Buffer.from([0])]);
}

function ordinalOpcode(ordinal: number): Buffer {
  if (ordinal <= 0) return Buffer.from([0x30 | (ordinal & 0x0f)]);
  return ordinal < 16 ? Buffer.from([0x10 | ordinal]) : Buffer.concat([Buffer.from([0x20]), uleb(ordinal)]);
}
