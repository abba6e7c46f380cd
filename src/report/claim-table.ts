import type { EvidenceResult, FactResult, ManifestResult } from "../operations/result.ts";
import { claimFields, claimsOf, inOneLine, membersOf, sourceOf, type Claim } from "./claim.ts";
import type { Style } from "./style.ts";
import { renderTable, type Cell, type Column } from "./table.ts";
import { counted } from "./verdict.ts";

interface Row {
  readonly name: string;
  readonly claim: Cell;
  readonly proof: FactResult | undefined;
}

/** The manifest's fields beside what the binary proves, and where that was read. One table for each of a host's. */
export function claimTables(
  manifest: ManifestResult | null,
  evidence: EvidenceResult,
  style: Style,
): readonly string[] {
  const claims = manifest === null ? [] : claimsOf(manifest);
  const head = headOf(manifest, style);
  if (claims.length < 2) return [claimTable(claims[0] ?? new Map(), evidence, head, style)];
  return claims.flatMap((claim, at) => [
    ...(at === 0 ? [] : [""]),
    claimTable(claim, at === 0 ? evidence : {}, `${head}, ${at + 1} of ${claims.length}`, style),
  ]);
}

function claimTable(claim: Claim, evidence: EvidenceResult, head: string, style: Style): string {
  const named = new Set<string>(claimFields);
  const missing = [...claim.keys()].filter((name) => !named.has(name));
  const fields = [
    ...claimFields.filter((name) => claim.has(name) || evidence[name] !== undefined),
    ...missing,
  ];
  const facts = Object.keys(evidence).filter((name) => !fields.includes(name));
  const rows = [...fields, ...facts].map((name) => ({
    name,
    claim: claimed(claim, name, style),
    proof: evidence[name],
  }));
  return rows.length === 0 ? head : renderTable(columns(head, style), rows, style).text;
}

function columns(head: string, style: Style): readonly Column<Row>[] {
  return [
    { head: "", cell: ({ name }) => ({ text: style.text(name), tone: "strong" }), shrinkTo: 12 },
    { head, cell: ({ claim }) => claim, shrinkTo: 16 },
    { head: "PROOF", cell: ({ proof }) => proven(proof, style), shrinkTo: 16 },
    {
      head: "READ FROM",
      cell: ({ proof }) => ({ text: proof?.known === true ? style.text(proof.from) : "", tone: "faint" }),
      shrinkTo: 9,
    },
  ];
}

function headOf(manifest: ManifestResult | null, style: Style): string {
  if (manifest === null) return "NO MANIFEST";
  const place = manifest.offset === null ? "" : ` at 0x${manifest.offset.toString(16)}`;
  return `CLAIM (${sourceOf(manifest)} ${style.text(manifest.location)}${place})`;
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
  return { text: `unknown: ${style.text(proof.why)}`, tone: "unsure" };
}
