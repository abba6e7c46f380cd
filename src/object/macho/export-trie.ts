import { exportFlags, exportKinds, knownExportFlags } from "./constants.ts";
import { Cursor } from "./cursor.ts";
import { NameBudget } from "./name-budget.ts";
import type { Region } from "./region.ts";

/*
 * A node of the trie (mach-o/loader.h, "struct dyld_info_command"; dyld, mach_o/ExportsTrie.cpp):
 *   uleb  length of what this node exports, 0 if no name ends here
 *         uleb flags, then by flags
 *           re-export: uleb library ordinal, C string name there (empty: the same)
 *           stub and resolver: uleb stub, uleb resolver
 *           function variant: uleb default, uleb table
 *           else: uleb place
 *   u8    number of edges
 *         C string label, uleb offset of the child from the trie's start
 */

export type MachoExport = {
  /** With the leading underscore. */
  readonly name: string;
  /** EXPORT_SYMBOL_FLAGS_*. */
  readonly flags: number;
  readonly weak: boolean;
} & (
  | { readonly kind: "address"; readonly address: bigint }
  /** Address of the thread-local variable's descriptor. */
  | { readonly kind: "thread-local"; readonly address: bigint }
  | { readonly kind: "absolute"; readonly value: bigint }
  /** Defined by the library of that ordinal (1 is the first linked one), as `importName`. */
  | { readonly kind: "re-export"; readonly ordinal: number; readonly importName: string }
  /** A function that picks the implementation when it is bound. */
  | { readonly kind: "resolver"; readonly address: bigint; readonly resolver: bigint }
  /** Picked among variants by the loader; `address` is the default. */
  | { readonly kind: "function-variant"; readonly address: bigint; readonly table: number }
);

interface Node {
  /** Where what it exports starts and ends; both the same if no name ends here. */
  readonly start: number;
  readonly end: number;
  readonly edgesAt: number;
  readonly edgeCount: number;
}

interface Frame {
  readonly cursor: Cursor;
  edgesLeft: number;
  readonly nameLength: number;
}

/** What an image exports, by name. Offsets in it are from the image's base. */
export class ExportTrie {
  constructor(
    private readonly region: Region,
    /** Address of the Mach-O header. */
    private readonly base: bigint,
    private readonly bits: 32 | 64,
  ) {}

  /** All exports in trie order. @throws FormatError for a trie that has a cycle, shares nodes or leaves its table. */
  all(): readonly MachoExport[] {
    const budget = new NameBudget(this.region);
    const found: MachoExport[] = [];
    this.#walk((name, node) => {
      if (node.start === node.end) return false;
      budget.spend(name.length, node.start);
      found.push(this.#export(name.toString("utf8"), node));
      return false;
    });
    return found;
  }

  /** Whether any name holds `text`. Labels are cut anywhere, so the names are put together, but not kept. */
  someNameContains(text: string): boolean {
    const wanted = Buffer.from(text);
    return this.#walk((name, _node, labelLength) => {
      const from = Math.max(0, name.length - labelLength - wanted.length + 1);
      return name.includes(wanted, from);
    });
  }

  /** The export of that name, found along its own path. */
  find(name: string): MachoExport | undefined {
    if (this.region.size === 0) return undefined;
    const wanted = Buffer.from(name);
    const work = new Work(this.region);
    let node = this.#node(0, work);
    let matched = 0;
    for (;;) {
      if (matched === wanted.length && node.start !== node.end) return this.#export(name, node);
      const cursor = this.#edges(node);
      let child: number | undefined;
      for (let left = node.edgeCount; left > 0 && child === undefined; left--) {
        const { label, target } = this.#edge(cursor, work);
        if (label.equals(wanted.subarray(matched, matched + label.length))) {
          matched += label.length;
          child = target;
        }
      }
      if (child === undefined) return undefined;
      node = this.#node(child, work);
    }
  }

  /** Goes through the nodes in order until `visit` returns true; says whether it did. Deep tries need no stack. */
  #walk(visit: (name: Buffer, node: Node, labelLength: number) => boolean): boolean {
    if (this.region.size === 0) return false;
    const work = new Work(this.region);
    let name = Buffer.alloc(256);
    const root = this.#node(0, work);
    if (visit(name.subarray(0, 0), root, 0)) return true;
    const frames: Frame[] = [{ cursor: this.#edges(root), edgesLeft: root.edgeCount, nameLength: 0 }];
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      if (frame.edgesLeft === 0) {
        frames.pop();
        continue;
      }
      frame.edgesLeft--;
      const { label, target } = this.#edge(frame.cursor, work);
      const length = frame.nameLength + label.length;
      if (length > name.length) name = Buffer.concat([name, Buffer.alloc(length)]);
      label.copy(name, frame.nameLength);
      const node = this.#node(target, work);
      if (visit(name.subarray(0, length), node, label.length)) return true;
      if (node.edgeCount > 0) {
        frames.push({ cursor: this.#edges(node), edgesLeft: node.edgeCount, nameLength: length });
      }
    }
    return false;
  }

  #node(at: number, work: Work): Node {
    work.visit(at);
    const cursor = new Cursor(this.region, at, this.region.size);
    const length = cursor.count("length of an export");
    const start = cursor.position;
    const end = start + length;
    if (end >= this.region.size) {
      throw this.region.problem(
        "export leaves the trie",
        at,
        length,
        `at most ${this.region.size - start - 1}`,
      );
    }
    cursor.position = end;
    const edgeCount = cursor.u8();
    work.spend(cursor.position - at, at);
    return { start, end, edgesAt: cursor.position, edgeCount };
  }

  #edges(node: Node): Cursor {
    return new Cursor(this.region, node.edgesAt, this.region.size);
  }

  #edge(cursor: Cursor, work: Work): { label: Buffer; target: number } {
    const at = cursor.position;
    const label = cursor.cString();
    const target = cursor.count("offset of a node");
    work.spend(cursor.position - at, at);
    if (target >= this.region.size) {
      throw this.region.problem("node is outside the trie", at, target, `below ${this.region.size}`);
    }
    return { label, target };
  }

  #export(name: string, node: Node): MachoExport {
    const cursor = new Cursor(this.region, node.start, node.end);
    const flags = cursor.count("export flags");
    if (flags > knownExportFlags) throw this.region.problem("unknown export flags", node.start, flags);
    const first = cursor.uleb();
    const entry = { name, flags, weak: (flags & exportFlags.weak) !== 0 };
    const kind = flags & exportFlags.kind;
    if (kind === exportKinds.absolute) return { ...entry, kind: "absolute", value: first };
    if (kind === exportKinds.threadLocal)
      return { ...entry, kind: "thread-local", address: this.#address(first) };
    if ((flags & exportFlags.reExport) !== 0) {
      const importName = cursor.cString().toString("utf8");
      return { ...entry, kind: "re-export", ordinal: Number(first), importName: importName || name };
    }
    const address = this.#address(first);
    if ((flags & exportFlags.variant) !== 0) {
      return { ...entry, kind: "function-variant", address, table: cursor.count("variant table") };
    }
    if ((flags & exportFlags.resolver) !== 0) {
      return { ...entry, kind: "resolver", address, resolver: this.#address(cursor.uleb()) };
    }
    return { ...entry, kind: "address", address };
  }

  #address(offset: bigint): bigint {
    return BigInt.asUintN(this.bits, this.base + offset);
  }
}

/**
 * Bounds one walk: a trie's linker gives every node bytes of its own, so that no node is reached twice and no byte is
 * read twice. Shared or overlapping nodes could spell more names than any memory holds.
 */
class Work {
  readonly #visited = new Set<number>();
  #read = 0;

  constructor(private readonly region: Region) {}

  visit(at: number): void {
    if (this.#visited.has(at)) throw this.region.problem("node is reached twice", at, at, "a tree");
    this.#visited.add(at);
  }

  spend(bytes: number, at: number): void {
    this.#read += bytes;
    if (this.#read > this.region.size) throw this.region.problem("nodes overlap", at);
  }
}
