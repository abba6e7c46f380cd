import type { ExportedSymbol, SliceDetails } from "../../../check/model/result.ts";
import type { Listing } from "../../../object/listing.ts";
import { escapePath } from "../../../evidence/go/plugin-path.ts";
import { inOneLine, membersOf, type Claim } from "../../model/claim.ts";
import { sizeText } from "../../model/size.ts";
import { unknownLine } from "./claim-table.ts";
import { listed } from "../../model/listed.ts";
import { paragraph, value } from "../layout/paragraph.ts";
import type { Style } from "../layout/style.ts";
import { renderTable, type Column } from "../layout/table.ts";

/** How many entries of a list are shown unless all are asked for. */
const FIRST = 10;

/** Symbols that the file defines for others; of a Go plugin, those of its own main package first. */
export function symbolLines(details: SliceDetails, all: boolean, style: Style): readonly string[] {
  const columns: readonly Column<ExportedSymbol>[] = [
    { head: "", cell: ({ name }) => ({ text: style.text(name) }), shrinkTo: 24 },
    { head: "", cell: ({ type }) => ({ text: style.text(type), tone: "faint" }) },
    { head: "", cell: ({ address }) => ({ text: style.text(address), tone: "faint" }), giveUp: 1 },
    {
      head: "",
      cell: ({ size }) => ({ text: size === null ? "" : sizeText(size), tone: "faint" }),
      giveUp: 2,
    },
  ];
  return list("Exported symbols", "--symbols", columns, ownFirst(details), all, style);
}

/**
 * A Go plugin exports thousands of symbols of the runtime, too. In a plugin, `main` is spelled as its plugin path. What
 * plugin.Lookup can find begins with a capital letter.
 */
function ownFirst({ facts, exportedSymbols }: SliceDetails): Listing<ExportedSymbol> {
  const path = facts["plugin_path"];
  if (path?.known !== true) return exportedSymbols;
  const prefix = `${escapePath(path.value)}.`;
  const ranks = [[], [], []] as [Symbols, Symbols, Symbols];
  for (const symbol of exportedSymbols) {
    // Mach-O puts an underscore before every name.
    const at = [prefix, `_${prefix}`].find((each) => symbol.name.startsWith(each))?.length;
    const rank = at === undefined ? 2 : /^\p{Lu}[\p{L}\p{Nd}_]*$/u.test(symbol.name.slice(at)) ? 0 : 1;
    ranks[rank].push(symbol);
  }
  return ranks.flat();
}

type Symbols = ExportedSymbol[];

export function sectionLines(details: SliceDetails, all: boolean, style: Style): readonly string[] {
  const columns: readonly Column<SliceDetails["sections"][number]>[] = [
    { head: "", cell: ({ name }) => ({ text: style.text(name) }), shrinkTo: 24 },
    { head: "", cell: ({ address }) => ({ text: style.text(address), tone: "faint" }), giveUp: 1 },
    {
      head: "",
      cell: ({ offset }) => ({ text: `offset 0x${offset.toString(16)}`, tone: "faint" }),
      giveUp: 2,
    },
    { head: "", cell: ({ size }) => ({ text: sizeText(size), tone: "faint" }) },
  ];
  return list("Sections", "--sections", columns, details.sections, all, style);
}

interface DependencyRow {
  readonly name: string;
  readonly claimed: string;
  readonly proven: string;
}

/** What the manifest says is linked next to what the binary proves is; nothing if neither names any. */
export function dependencyLines(
  claim: Claim | undefined,
  { dependencies }: SliceDetails,
  all: boolean,
  style: Style,
): readonly string[] {
  const rows = dependencyRows(membersOf(claim?.get("dependency_hashes")) ?? [], dependencies);
  if (rows.length === 0) return [];
  const columns: readonly Column<DependencyRow>[] = [
    { head: "", cell: ({ name }) => ({ text: style.text(name) }), shrinkTo: 24 },
    ...(claim === undefined
      ? []
      : [
          {
            head: "CLAIM",
            cell: (row: DependencyRow) => ({ text: style.text(row.claimed) }),
            shrinkTo: 20,
            cut: true,
          },
        ]),
    ...(dependencies.length === 0
      ? []
      : [
          {
            head: "PROOF",
            cell: (row: DependencyRow) => ({ text: style.text(row.proven) }),
            shrinkTo: 20,
            cut: true,
          },
        ]),
  ];
  return list("Dependencies", "--dependencies", columns, rows, all, style);
}

function dependencyRows(
  claimed: readonly (readonly [string, unknown])[],
  proven: SliceDetails["dependencies"],
): readonly DependencyRow[] {
  const left = new Map(claimed);
  const rows = proven.map(({ name, version, sum, replacedBy }) => {
    const key = [`${name}@${version ?? ""}`, name].find((each) => left.has(each));
    const claim = key === undefined ? "" : inOneLine(left.get(key));
    if (key !== undefined) left.delete(key);
    const by = replacedBy === null ? undefined : `replaced by ${replacedBy}`;
    return { name, claimed: claim, proven: [version, sum, by].filter(Boolean).join(" ") };
  });
  return [...rows, ...[...left].map(([name, hash]) => ({ name, claimed: inOneLine(hash), proven: "" }))];
}

/** Go's build settings. */
export function settingLines({ buildSettings }: SliceDetails, style: Style): readonly string[] {
  if (buildSettings.length === 0) return [];
  const columns: readonly Column<SliceDetails["buildSettings"][number]>[] = [
    { head: "", cell: ({ key }) => ({ text: style.text(key) }), shrinkTo: 16 },
    { head: "", cell: ({ value }) => ({ text: style.text(value), tone: "faint" }), shrinkTo: 24 },
  ];
  return list("Build settings", "", columns, buildSettings, true, style);
}

const factTitles: Readonly<Record<string, string>> = {
  glibc: "glibc needed",
  minimum_os: "minimum OS version",
  sdk: "SDK",
  package_plugin: "package plugin",
  cgo: "runtime/cgo",
  moduledata_size: "moduledata size",
  shares_module_list: "registers with the host's runtime",
  loaders: "can call",
  contains_rust: "contains Rust",
  std_commit: "std commit",
  std_release: "std release",
  same_toolchain: "std from the same toolchain",
  libstd: "libstd hash",
};

/** What else the binary proves and where it was read. What is unknown is named in one line; why is a matter for --json. */
export function factLines({ facts }: SliceDetails, style: Style): readonly string[] {
  const all = Object.entries(facts);
  if (all.length === 0) return [];
  const known = all.flatMap(([name, fact]) => (fact.known ? [{ title: titleOf(name), fact }] : []));
  const unknown = all.flatMap(([name, fact]) => (fact.known ? [] : [titleOf(name)]));
  const columns: readonly Column<(typeof known)[number]>[] = [
    { head: "", cell: ({ title }) => ({ text: style.text(title) }) },
    { head: "", cell: ({ fact }) => ({ text: style.text(fact.value) }), shrinkTo: 24 },
    { head: "", cell: ({ fact }) => ({ text: style.text(fact.from), tone: "faint" }), shrinkTo: 12 },
  ];
  return [
    ...list("Other facts", "", columns, known, true, style),
    ...unknownLine(unknown, INDENT.length, style),
  ];
}

function titleOf(fact: string): string {
  return factTitles[fact] ?? fact.replaceAll("_", " ");
}

/** Libraries that are named. */
const mostLibraries = 40;

/** Libraries that the loader must find. */
export function libraryLines({ neededLibraries }: SliceDetails, style: Style): readonly string[] {
  const more = neededLibraries.length > mostLibraries ? " (--json lists them)" : "";
  const names = neededLibraries.map((name) => value(name, style));
  const text = names.length === 0 ? style.marks.none : listed(names, mostLibraries) + more;
  const label = "Linked libraries";
  const lines = paragraph(text, label.length + 2, style);
  const [first = "", ...rest] = lines;
  return ["", `${style.paint.strong(label)}  ${first.trimStart()}`, ...rest];
}

function list<Row>(
  title: string,
  flag: string,
  columns: readonly Column<Row>[],
  rows: Listing<Row>,
  all: boolean,
  style: Style,
): readonly string[] {
  const shown = all ? [...rows] : firstOf(rows, FIRST);
  const rest = rows.length - shown.length;
  const more = rest === 0 ? "" : style.paint.faint(`   first ${shown.length} shown; ${flag} shows all`);
  return [
    "",
    `${style.paint.strong(title)}  ${rows.length}${more}`,
    ...(shown.length === 0 ? [] : indented(renderTable(columns, shown, narrower(style)).text)),
  ];
}

function firstOf<Row>(rows: Listing<Row>, count: number): readonly Row[] {
  const first: Row[] = [];
  for (const row of rows) {
    if (first.length === count) break;
    first.push(row);
  }
  return first;
}

const INDENT = "  ";

function narrower(style: Style): Style {
  return style.width === null ? style : { ...style, width: style.width - INDENT.length };
}

function indented(text: string): readonly string[] {
  return text.split("\n").map((line) => INDENT + line);
}
