import type { LinkMap } from "../elf/link-map.ts";
import type { Definition } from "../elf/loaded-object.ts";
import { MUSL } from "./messages.ts";
import type { Reference } from "../elf/reference.ts";
import type { Step } from "../elf/step.ts";
import { strayWrite } from "../elf/stray.ts";

/** What musl accepts for a definition (ldso/dynlink.c, OK_TYPES): no indirect functions. */
const ALLOWED = new Set<Definition["type"]>(["none", "object", "function", "tls"]);
/** Musl applies the tables in this order (reloc_all). */
const ORDER = ["JMPREL", "REL", "RELA"] as const;

/**
 * One object's relocations as musl applies them under RTLD_NOW (ldso/dynlink.c, do_relocs).
 * @param scope the global symbols, in order; the object and what was opened with it are among them.
 */
export function* relocateMusl(
  map: LinkMap,
  scope: readonly LinkMap[],
  settled: ReadonlySet<LinkMap>,
): Generator<Step, void, undefined> {
  const { library, object } = map;
  if (library === undefined) return;
  const said = new Set<string>();
  // Whether the variable that musl takes a symbol's name from was ever set.
  let named = false;
  for (const reference of ORDER.flatMap((table) =>
    library.references.filter((each) => each.table === table),
  )) {
    const { symbol, use, type, place } = reference;
    const stray = strayWrite(place, object.name);
    if (stray !== undefined) {
      yield stray;
      return;
    }
    if (use === "none") continue;
    if (type > LARGEST_TYPE) {
      yield { doubt: `${object.name} has a relocation of type 0x${type.toString(16)}: it is damaged` };
      return;
    }
    if (use === "unread") {
      yield { doubt: `relocation type ${type} of ${object.name} is not known here` };
      return;
    }
    named ||= symbol !== undefined;
    const own = symbol === undefined || symbol.binding === "local";
    const owner = own ? map : scope.find((each) => defines(each, reference));
    if (owner === undefined && symbol !== undefined && (symbol.defined || symbol.binding !== "weak")) {
      if (!said.has(symbol.name)) yield notFound(map, symbol.name, symbol.type === "ifunc");
      said.add(symbol.name);
      continue;
    }
    if (use === "static-tls") {
      if (owner === undefined) {
        yield { doubt: `${object.name} wants thread-local data that nobody defines` };
        return;
      }
      if (!settled.has(owner) && owner.object.tls !== undefined) {
        const name = symbol?.name ?? reference.after;
        if (name === undefined && !named) {
          yield {
            doubt: `thread-local data of ${object.name} is accessed as only a program's own may be (initial-exec), and musl, while it says so, reads a name that is not there`,
          };
          return;
        }
        yield initialExec(map, name, owner);
      }
    }
    if (isUnknownToMusl(reference)) yield badType(map, type);
  }
}

/** Musl passes over the bit above (src/internal/dynlink.h, R_TYPE). */
const LARGEST_TYPE = 0x7fffffff;

/** R_X86_64_32, R_X86_64_SIZE32, R_X86_64_SIZE64. */
const UNKNOWN_TO_MUSL = new Set([10, 32, 33]);

/** Musl applies neither calls of resolvers nor a few types that x86-64 has beside those of its linkers. */
export function isUnknownToMusl({ use, type }: Pick<Reference, "use" | "type">): boolean {
  return use === "unsupported" || use === "resolver" || UNKNOWN_TO_MUSL.has(type);
}

/** find_sym: the first of that name, unless its version is hidden; an import's own entry counts for nothing here. */
function defines({ object }: LinkMap, { symbol }: Reference): boolean {
  if (symbol === undefined) return false;
  for (let each = object.symbols.get(symbol.name); each !== undefined; each = each.next) {
    if (each.versionHidden) continue;
    return !each.void && ALLOWED.has(each.type) && each.binding !== "other" && each.binding !== "local";
  }
  return false;
}

function notFound({ object }: LinkMap, name: string, indirect: boolean): Step {
  return {
    outcome: "refused",
    check: "undefined-symbol",
    message: MUSL.notFound(object.name, name),
    cause: indirect
      ? "it is an indirect function (STT_GNU_IFUNC), which musl does not have"
      : "neither the host nor a library in its reach defines it",
    subject: name,
    plugin: { value: name, from: ".dynsym" },
  };
}

function initialExec({ object }: LinkMap, name: string | undefined, owner: LinkMap): Step {
  return {
    outcome: "refused",
    check: "static-tls",
    // Where the relocation names no symbol, musl prints the name of the one before; from one table to the next, whatever is left.
    message: name === undefined ? null : MUSL.initialExec(object.name, name, owner.object.name),
    cause: `thread-local data of ${owner.object.name} is accessed as only a program's own may be (initial-exec)`,
    subject: "PT_TLS",
  };
}

function badType({ object }: LinkMap, type: number): Step {
  return {
    outcome: "refused",
    check: "relocation-type",
    message: MUSL.relocation(object.name, type),
    cause: `relocation type ${type} is none that musl applies on this machine`,
    subject: String(type),
  };
}
