import { BIND_SYMBOL_FLAGS_WEAK_IMPORT, bindOpcodes, fixupTypes, libraryOrdinals } from "./constants.ts";
import type { Segment } from "../object-file.ts";
import { Cursor } from "./cursor.ts";
import { FixupPlace } from "./fixup-place.ts";
import { FixupRuns, type FixupRun } from "./fixup-runs.ts";
import type { BindTarget } from "./bind-target.ts";
import type { Region } from "./region.ts";

export type BindKind = "bind" | "weak" | "lazy";

/** A symbol put into places of the image. */
export interface Bind {
  readonly target: BindTarget;
  /** BIND_TYPE_*. */
  readonly type: number;
}

export interface Binds {
  readonly runs: FixupRuns<Bind>;
  /** Each symbol that is bound, in order. */
  readonly targets: readonly BindTarget[];
  /** The first arm64e linkers put the places into chains of their own (BIND_OPCODE_THREADED), which are not read. */
  readonly threaded: boolean;
}

/** What the loader binds, and where (dyld, mach_o/BindOpcodes.cpp, forEachBind). */
export function decodeBinds(
  region: Region,
  kind: BindKind,
  segments: readonly Segment[],
  pointerSize: 4 | 8,
): Binds {
  const decoder = new Decoder(region, kind, segments, pointerSize);
  while (decoder.step());
  return decoder.result();
}

class Decoder {
  readonly #cursor: Cursor;
  readonly #place: FixupPlace;
  readonly #runs: FixupRun<Bind>[] = [];
  readonly #targets: BindTarget[] = [];
  #type: number = fixupTypes.pointer;
  #symbol: string | undefined;
  #isWeak = false;
  #addend = 0n;
  #ordinal: number;
  #threaded = false;
  #current: Bind | undefined;

  constructor(
    private readonly region: Region,
    private readonly kind: BindKind,
    segments: readonly Segment[],
    pointerSize: 4 | 8,
  ) {
    this.#cursor = new Cursor(region, 0, region.size);
    this.#place = new FixupPlace(region, segments, pointerSize);
    // Weak binds name no library: every one is looked in.
    this.#ordinal = kind === "weak" ? libraryOrdinals.weakLookup : libraryOrdinals.self;
  }

  result(): Binds {
    return { runs: new FixupRuns(this.#runs), targets: this.#targets, threaded: this.#threaded };
  }

  /** Runs one opcode; false after the last. */
  step(): boolean {
    const cursor = this.#cursor;
    if (cursor.atEnd) return false;
    const at = cursor.position;
    const byte = cursor.u8();
    const immediate = byte & 0x0f;
    const opcode = byte & 0xf0;
    switch (opcode) {
      case bindOpcodes.done:
        // Each lazy bind ends with one, so that it can be run alone.
        return this.kind === "lazy";
      case bindOpcodes.setOrdinal:
        return this.#set(() => (this.#ordinal = immediate));
      case bindOpcodes.setOrdinalUleb:
        return this.#set(() => (this.#ordinal = cursor.count("library ordinal")));
      case bindOpcodes.setSpecialOrdinal:
        return this.#set(() => (this.#ordinal = immediate === 0 ? 0 : immediate - 16));
      case bindOpcodes.setSymbol:
        return this.#set(() => {
          this.#isWeak = (immediate & BIND_SYMBOL_FLAGS_WEAK_IMPORT) !== 0;
          this.#symbol = cursor.cString().toString("utf8");
        });
      case bindOpcodes.setType:
        return this.#set(() => (this.#type = immediate));
      case bindOpcodes.setAddend:
        return this.#set(() => (this.#addend = cursor.sleb()));
      case bindOpcodes.setSegmentAndOffset:
        this.#place.set(immediate, cursor.distance("segment offset"), at);
        return true;
      case bindOpcodes.addAddress:
        this.#place.advance(cursor.distance("distance"), at);
        return true;
      case bindOpcodes.bind:
        return this.#bind(1, 0, at);
      case bindOpcodes.bindAddAddress: {
        this.#bind(1, 0, at);
        this.#place.advance(cursor.distance("distance"), at);
        return true;
      }
      case bindOpcodes.bindAddAddressScaled:
        this.#bind(1, 0, at);
        this.#place.advance(immediate * this.#place.pointerSize, at);
        return true;
      case bindOpcodes.ulebTimesSkipping: {
        const count = cursor.count("count of binds");
        return this.#bind(count, cursor.distance("distance"), at);
      }
      case bindOpcodes.threaded:
        this.#threaded = true;
        return false;
      default:
        throw this.region.problem("unknown bind opcode", at, byte);
    }
  }

  #set(change: () => void): true {
    change();
    this.#current = undefined;
    return true;
  }

  #bind(count: number, skip: number, at: number): true {
    this.#current ??= this.#target(at);
    this.#runs.push(...this.#place.repeat(this.#current, count, skip, at));
    return true;
  }

  #target(at: number): Bind {
    if (this.#symbol === undefined) throw this.region.problem("bind before any symbol is set", at);
    const target = {
      symbol: this.#symbol,
      ordinal: this.#ordinal,
      addend: this.#addend,
      weak: this.#isWeak,
      lazy: this.kind === "lazy",
    };
    this.#targets.push(target);
    return { target, type: this.#type };
  }
}
