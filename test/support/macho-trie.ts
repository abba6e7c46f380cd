import { cString, uleb } from "./macho-writer.ts";

/** One name of an export trie. */
export interface ExportSpec {
  /** With the leading underscore. */
  readonly name: string;
  /** EXPORT_SYMBOL_FLAGS_*; 0 if left out. */
  readonly flags?: number;
  /** Offset from the image's base, absolute value, or library ordinal of a re-export. */
  readonly value: bigint | number;
  /** Of a re-export: the name there. */
  readonly importName?: string;
  /** Of a resolver: its offset; of a function variant: its table. */
  readonly other?: bigint | number;
}

interface Node {
  payload: Buffer;
  readonly children: { label: string; node: Node }[];
  offset: number;
}

/** An export trie that holds these names, with shared beginnings shared, as a linker writes it. */
export function buildTrie(exports: readonly ExportSpec[]): Buffer {
  const root = newNode();
  for (const one of exports) insert(root, one.name, payloadOf(one));
  const nodes = inOrder(root);
  // Offsets are written in as few bytes as they need, so that they move until nothing grows any more.
  for (let moved = true; moved;) {
    moved = false;
    let at = 0;
    for (const node of nodes) {
      moved ||= node.offset !== at;
      node.offset = at;
      at += sizeOf(node);
    }
  }
  return Buffer.concat(nodes.map(encode));
}

function newNode(): Node {
  return { payload: Buffer.alloc(0), children: [], offset: 0 };
}

function payloadOf({ flags = 0, value, importName, other }: ExportSpec): Buffer {
  const rest = [
    ...(importName === undefined ? [] : [cString(importName)]),
    ...(other === undefined ? [] : [uleb(other)]),
  ];
  return Buffer.concat([uleb(flags), uleb(value), ...rest]);
}

function insert(node: Node, name: string, payload: Buffer): void {
  if (name === "") {
    node.payload = payload;
    return;
  }
  for (const child of node.children) {
    const shared = sharedLength(child.label, name);
    if (shared === 0) continue;
    if (shared < child.label.length) {
      const lower = { label: child.label.slice(shared), node: child.node };
      child.label = child.label.slice(0, shared);
      child.node = { ...newNode(), children: [lower] };
    }
    insert(child.node, name.slice(shared), payload);
    return;
  }
  node.children.push({ label: name, node: { ...newNode(), payload } });
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function inOrder(root: Node, found: Node[] = []): readonly Node[] {
  found.push(root);
  for (const { node } of root.children) inOrder(node, found);
  return found;
}

function encode({ payload, children }: Node): Buffer {
  const edges = children.flatMap(({ label, node }) => [cString(label), uleb(node.offset)]);
  return Buffer.concat([uleb(payload.length), payload, Buffer.from([children.length]), ...edges]);
}

/** The length of what `encode` makes. */
function sizeOf({ payload, children }: Node): number {
  const edges = children.map(({ label, node }) => Buffer.byteLength(label) + 1 + ulebSize(node.offset));
  return ulebSize(payload.length) + payload.length + 1 + edges.reduce((sum, one) => sum + one, 0);
}

function ulebSize(value: number): number {
  return value < 0x80 ? 1 : 1 + ulebSize(Math.floor(value / 0x80));
}
