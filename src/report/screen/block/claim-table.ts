import type { EvidenceResult, FactResult, ManifestResult } from "../../../check/model/result.ts";
import type { Finding } from "../../../rules/finding.ts";
import {
  claimFields,
  claimsOf,
  inOneLine,
  membersOf,
  provenTarget,
  sourceOf,
  type Claim,
} from "../../model/claim.ts";
import type { Style } from "../layout/style.ts";
import { paragraph } from "../layout/paragraph.ts";
import { renderTable, type Cell, type Column } from "../layout/table.ts";
import { counted } from "../../model/verdict.ts";

/** One field of a manifest, or one fact that no manifest claims. */
interface Row {
  readonly name: string;
  readonly claim: Cell;
  readonly proof: FactResult | undefined;
  readonly verdict: Cell;
}

/** Something that the binary does not tell, and why. */
interface Gap {
  readonly name: string;
  readonly why: string;
}

/** The manifest's fields next to what the binary proves, where that was read, and whether the two agree. A host has one table per manifest. */
export function claimTables(
  manifest: ManifestResult | null,
  evidence: EvidenceResult,
  findings: readonly Finding[],
  style: Style,
): readonly string[] {
  const target = targetOf(evidence);
  const facts = { ...evidence, target: target?.fact };
  if (manifest === null || manifest.source === "derived") {
    const rows = rowsOf(new Map(), facts, [], style);
    const known = rows.filter(({ proof }) => proof?.known === true);
    const unknown = rows.filter(({ proof }) => proof?.known === false).map(({ name }) => name);
    return [
      "No manifest: this is what the binary proves.",
      "",
      ...(known.length === 0 ? [] : [renderTable(provenColumns(style), known, style).text]),
      ...unknownLine(unknown, 0, style),
    ];
  }
  const claims = claimsOf(manifest);
  const head = headOf(manifest);
  return (claims.length === 0 ? [new Map() as Claim] : claims).flatMap((claim, at) => {
    const rows = rowsOf(claim, at === 0 ? facts : {}, findings, style);
    const gaps = rows.flatMap(({ name, proof }) =>
      proof?.known === false && name !== "target" ? [{ name, why: proof.why }] : [],
    );
    return [
      ...(at === 0 ? [] : [""]),
      ...paragraph(style.text(claims.length < 2 ? head : `${head}, ${at + 1} of ${claims.length}`), 0, style),
      "",
      renderTable(columns(style), rows, style).text,
      ...gapLines([...gaps, ...(at === 0 ? (target?.gaps ?? []) : [])], style),
    ];
  });
}

/** Why something is unknown: each reason once, after the names of what it is the reason for. */
function gapLines(gaps: readonly Gap[], style: Style): readonly string[] {
  if (gaps.length === 0) return [];
  const byReason = new Map<string, string[]>();
  for (const { name, why } of gaps) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [
    "",
    style.paint.caution("Unknown"),
    ...[...byReason].flatMap(([why, names]) =>
      paragraph(style.text(`${names.join(", ")}: ${why}`), 2, style),
    ),
  ];
}

/** Names what is unknown; why is a matter for --json. */
export function unknownLine(names: readonly string[], indent: number, style: Style): readonly string[] {
  if (names.length === 0) return [];
  const text = `unknown: ${names.map(style.text).join(", ")} (--json says why)`;
  return paragraph(text, indent, style).map(style.paint.caution);
}

function rowsOf(
  claim: Claim,
  facts: Readonly<Record<string, FactResult | undefined>>,
  findings: readonly Finding[],
  style: Style,
): readonly Row[] {
  const named = new Set<string>(claimFields);
  const others = [...claim.keys()].filter((name) => !named.has(name));
  const fields = claimFields.filter((name) => claim.has(name) || facts[name] !== undefined);
  return [...fields, ...others].map((name) => ({
    name,
    claim: claimed(claim, name, style),
    proof: facts[name],
    verdict: verdictOf(name, claim, facts[name], findings),
  }));
}

function columns(style: Style): readonly Column<Row>[] {
  const [field, ...proof] = provenColumns(style);
  return [
    ...(field === undefined ? [] : [field]),
    { head: "CLAIM", cell: ({ claim }) => claim, shrinkTo: 16 },
    ...proof,
    { head: "", cell: ({ verdict }) => verdict },
  ];
}

function provenColumns(style: Style): readonly Column<Row>[] {
  return [
    {
      head: "",
      cell: ({ name }) => ({ text: style.text(name), tone: "strong" }),
      // The longest name that the schema has stays in one line.
      shrinkTo: 17,
    },
    { head: "PROOF", cell: ({ proof }) => proven(proof, style), shrinkTo: 16 },
    {
      head: "READ FROM",
      cell: ({ proof }) => ({ text: proof?.known === true ? style.text(proof.from) : "", tone: "faint" }),
      shrinkTo: 9,
    },
  ];
}

/** Architecture, system and C library as one value, and what is unknown of it. */
function targetOf(
  evidence: EvidenceResult,
): { readonly fact: FactResult; readonly gaps: readonly Gap[] } | undefined {
  const value = provenTarget(evidence);
  const parts = ["arch", "os", "libc"].flatMap((name) => {
    const fact = evidence[name];
    return fact === undefined ? [] : [{ name, fact }];
  });
  if (parts.length === 0) return undefined;
  const gaps = parts.flatMap(({ name, fact }) => (fact.known ? [] : [{ name, why: fact.why }]));
  if (value === undefined) return { fact: { known: false, why: "" }, gaps };
  const places = new Set(parts.flatMap(({ fact }) => (fact.known ? [fact.from] : [])));
  const missing = gaps.length === 0 ? "" : `, ${gaps.map(({ name }) => name).join(" and ")} unknown`;
  return { fact: { known: true, value: value + missing, from: [...places].join(", ") }, gaps };
}

/** Whether claim and proof agree; nothing if there is only one of them. */
function verdictOf(
  name: string,
  claim: Claim,
  proof: FactResult | undefined,
  findings: readonly Finding[],
): Cell {
  if (!claim.has(name) || proof?.known !== true) return { text: "" };
  const against = findings.filter((finding) => isAgainst(finding, name));
  if (against.length === 0) return { text: "agrees", tone: "good" };
  return { text: name === "dependency_hashes" ? `${against.length} differ` : "differs", tone: "bad" };
}

const ruleOfField: Readonly<Record<string, Finding["rule"]>> = {
  language: "claim-language",
  toolchain_version: "claim-toolchain",
  build_profile: "claim-profile",
  target: "claim-target",
  build_flags: "claim-flags",
  dependency_hashes: "claim-dependency",
};

function isAgainst({ rule }: Finding, field: string): boolean {
  return rule === ruleOfField[field];
}

/** Not yet safe to show. */
function headOf(manifest: ManifestResult): string {
  const place = manifest.offset === null ? "" : ` at 0x${manifest.offset.toString(16)}`;
  return `Manifest in ${sourceOf(manifest)} ${manifest.location}${place}`;
}

function claimed(claim: Claim, name: string, style: Style): Cell {
  if (!claim.has(name)) return { text: style.marks.none, tone: "faint" };
  const value = claim.get(name);
  if (name === "dependency_hashes") {
    const members = membersOf(value);
    if (members !== undefined) return { text: counted(members.length, "dependency", "dependencies") };
  }
  if (name === "components" && Array.isArray(value)) {
    return { text: value.map((component) => style.text(componentLine(component))).join("\n") };
  }
  return { text: style.text(inOneLine(value)) };
}

/** `exporter/kafka from NewFactory`. */
function componentLine(component: unknown): string {
  const members = new Map(membersOf(component) ?? []);
  const [kind, type, symbol] = ["kind", "type", "symbol"].map((name) => members.get(name));
  if (typeof kind !== "string" || typeof type !== "string") return inOneLine(component);
  return `${kind}/${type}${typeof symbol === "string" ? ` from ${symbol}` : ""}`;
}

function proven(proof: FactResult | undefined, style: Style): Cell {
  if (proof === undefined) return { text: style.marks.none, tone: "faint" };
  if (proof.known) return { text: style.text(proof.value) };
  return { text: "unknown", tone: "caution" };
}
