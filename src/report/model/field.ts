import { claimFields } from "./claim.ts";
import { LongListing } from "../../object/listing.ts";
import type { InspectDocument } from "./document.ts";

export type Field =
  | { readonly kind: "value"; readonly value: unknown }
  /** A field that this plugin does not have, although another may. */
  | { readonly kind: "absent"; readonly reason: string }
  /** No such field in any plugin. */
  | { readonly kind: "unknown"; readonly known: readonly string[] };

/**
 * One value in the document of `inspect`.
 * @param path names joined by dots (`manifest.value.toolchain_version`, `slices.0.arch`); a name may itself
 *   contain dots. For a manifest's field its name is enough: `toolchain_version`.
 */
export function fieldOf(document: InspectDocument, path: string): Field {
  const names = path.split(".");
  const [first = ""] = names;
  if (Object.hasOwn(document, first)) return found(document, names, path, document);
  const manifest = document.manifest?.value;
  const value = lookUp(manifest, names);
  if (value !== undefined) return { kind: "value", value };
  if ((claimFields as readonly string[]).includes(first)) {
    const reason = document.manifest === null ? "it has no manifest" : `its manifest has no ${path}`;
    return { kind: "absent", reason };
  }
  return { kind: "unknown", known: [...Object.keys(document), ...claimFields, ...membersBelow(manifest)] };
}

function found(from: unknown, names: readonly string[], path: string, document: InspectDocument): Field {
  const value = lookUp(from, names);
  if (value !== undefined) return { kind: "value", value };
  if (document.manifest === null && names[0] === "manifest")
    return { kind: "absent", reason: "it has no manifest" };
  const reached = deepest(from, names);
  return {
    kind: "unknown",
    known: membersBelow(reached.value).map((name) => [...reached.names, name].join(".")),
  };
}

/** The value below `from`. If names contain dots, the shortest one that leads to a value is used. */
function lookUp(from: unknown, names: readonly string[]): unknown {
  const { value, names: used } = deepest(from, names);
  return used.join(".") === names.join(".") ? value : undefined;
}

function deepest(from: unknown, names: readonly string[]): { value: unknown; names: readonly string[] } {
  let value = from;
  let at = 0;
  const used: string[] = [];
  while (at < names.length) {
    let end = at + 1;
    while (end <= names.length && !has(value, names.slice(at, end).join("."))) end += 1;
    if (end > names.length) break;
    const name = names.slice(at, end).join(".");
    const found = (value as Readonly<Record<string, unknown>>)[name];
    value = found instanceof LongListing ? [...found] : found;
    used.push(name);
    at = end;
  }
  return { value, names: used };
}

function has(value: unknown, name: string): boolean {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return false;
  return !Array.isArray(value) || /^\d+$/.test(name);
}

function membersBelow(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}
