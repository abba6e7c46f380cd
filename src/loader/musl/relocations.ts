import type { LinkMap } from "../elf/link-map.ts";
import type { Definition } from "../elf/loaded-object.ts";
import { filled } from "../message-form.ts";
import { obstacle, unknown, unknownFromHere, type Step } from "../step.ts";
import { MUSL } from "./messages.ts";
import type { Reference } from "../elf/reference.ts";
import { straySymbol, strayWrite } from "../elf/stray.ts";
import { searchCrash } from "./symbol-search.ts";

/** What musl accepts as a definition (ldso/dynlink.c, OK_TYPES): no indirect functions. */
const ALLOWED = new Set<Definition["type"]>(["none", "object", "function", "tls"]);
/** musl applies the tables in this order (reloc_all). */
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
  // Whether the variable from which musl takes a symbol's name was ever set.
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
      yield unknownFromHere(
        `${object.name} has a relocation of type 0x${type.toString(16)}: it is damaged, and what the loader does then is unknown.`,
      );
      return;
    }
    if (reference.strayIndex) {
      yield straySymbol(object.name);
      return;
    }
    if (use === "unread") {
      // Applied or refused: it changes nothing for the symbols that others need.
      yield unknown(`Whether the loader knows relocation type ${type} of ${object.name} is unknown.`);
      continue;
    }
    named ||= symbol !== undefined;
    const own = symbol === undefined || symbol.binding === "local";
    const owner = own ? map : findOwner(scope, reference, symbol.name);
    if (owner !== undefined && "kind" in owner) {
      yield owner;
      return;
    }
    if (owner === undefined && symbol !== undefined && (symbol.defined || symbol.binding !== "weak")) {
      if (!said.has(symbol.name)) yield notFound(map, symbol.name, symbol.type === "ifunc");
      said.add(symbol.name);
      continue;
    }
    if (use === "static-tls") {
      if (owner === undefined) {
        yield unknown(
          `${object.name} uses thread-local data that nothing defines: what the loader does then is unknown.`,
        );
        continue;
      }
      if (!settled.has(owner) && owner.object.tls !== undefined) {
        const name = symbol?.name ?? reference.after;
        if (name === undefined && !named) {
          yield unknown(
            `The thread-local data of ${object.name} use the initial-exec TLS model, and musl, while reporting it, reads a name that does not exist: whether it survives that is unknown.`,
          );
          continue;
        }
        yield initialExec(map, name, owner);
      }
    }
    if (isUnknownToMusl(reference)) yield badType(map, type);
  }
}

/** musl ignores the bit above (src/internal/dynlink.h, R_TYPE). */
const LARGEST_TYPE = 0x7fffffff;

/** R_X86_64_32, R_X86_64_SIZE32, R_X86_64_SIZE64. */
const UNKNOWN_TO_MUSL = new Set([10, 32, 33]);

/** musl applies neither calls of resolvers nor a few types that x86-64 has besides those that its linkers write. */
export function isUnknownToMusl({ use, type }: Pick<Reference, "use" | "type">): boolean {
  return use === "unsupported" || use === "resolver" || UNKNOWN_TO_MUSL.has(type);
}

/** The object that a name is bound to, or the crash of a look-up that comes to a hash table which it does not survive. */
function findOwner(
  scope: readonly LinkMap[],
  reference: Reference,
  name: string,
): LinkMap | Extract<Step, { kind: "obstacle" }> | undefined {
  for (const each of scope) {
    const crash = searchCrash(each.object, name);
    if (crash !== undefined) return crash;
    if (defines(each, reference)) return each;
  }
  return undefined;
}

/** find_sym: the first of that name, unless its version is hidden; an import's own entry does not count. */
function defines({ object }: LinkMap, { symbol }: Reference): boolean {
  if (symbol === undefined) return false;
  for (let each = object.symbols.get(symbol.name); each !== undefined; each = each.next) {
    if (each.versionHidden) continue;
    return !each.void && ALLOWED.has(each.type) && each.binding !== "other" && each.binding !== "local";
  }
  return false;
}

function notFound({ object }: LinkMap, name: string, indirect: boolean): Step {
  return obstacle({
    outcome: "refused",
    check: "undefined-symbol",
    message: filled(MUSL.notFound, { path: object.name, symbol: name }),
    cause: indirect
      ? `${name} is an indirect function (STT_GNU_IFUNC), which musl does not support.`
      : `Neither the host nor any library it loads defines ${name}.`,
    subject: name,
    plugin: { value: name, from: ".dynsym" },
  });
}

function initialExec({ object }: LinkMap, name: string | undefined, owner: LinkMap): Step {
  return obstacle({
    outcome: "refused",
    check: "static-tls",
    // If the relocation has no symbol, musl prints the name of the one before; from one table to the next, whatever is left.
    message:
      name === undefined
        ? null
        : filled(MUSL.initialExec, { path: object.name, symbol: name, definer: owner.object.name }),
    cause: `The thread-local data of ${owner.object.name} use the initial-exec TLS model, which musl allows only for libraries that are loaded at start.`,
    subject: "PT_TLS",
  });
}

function badType({ object }: LinkMap, type: number): Step {
  return obstacle({
    outcome: "refused",
    check: "relocation-type",
    message: filled(MUSL.relocation, { path: object.name, type }),
    cause: `musl does not support relocation type ${type} on this machine.`,
    subject: String(type),
  });
}
