import { advise } from "../../../language/fix.ts";
import type { Carrier } from "../../../manifest/claim.ts";
import { sortedJson } from "../../../manifest/sorted-json.ts";
import type { ManifestRule } from "../../rule.ts";
import type { FindingDraft } from "../../draft.ts";

/** Fields in which slices of one universal file may differ. */
const perSlice = new Set(["target", "build_time"]);

export const manifestConflict = {
  id: "manifest-conflict",
  group: "manifest",
  title: "two manifests in one file differ",
  checkTitle: "one manifest",
  severity: "error",
  loader: "checked",
  evaluate: ({ universal, slices }) => {
    const within = slices.flatMap(({ arch, claim }) => {
      const [first, ...others] = readable(claim.carriers);
      if (first === undefined) return [];
      return others.flatMap((other) => conflict(first, other, new Set(), universal ? { arch } : {}));
    });
    // A slice without one is no reason not to compare the others.
    const [first, ...others] = slices.flatMap(({ arch, claim: { chosen } }) =>
      chosen === undefined ? [] : [inSlice(chosen, arch)],
    );
    const between =
      first === undefined ? [] : others.flatMap((other) => conflict(first, other, perSlice, {}));
    return [...within, ...between];
  },
} satisfies ManifestRule;

function conflict(
  one: Carrier,
  other: Carrier,
  ignored: ReadonlySet<string>,
  rest: { readonly arch?: string },
): readonly FindingDraft[] {
  if (one.content.kind !== "json" || other.content.kind !== "json") return [];
  const fields = differing(one.content.value, other.content.value, ignored);
  if (fields.length === 0) return [];
  return [
    {
      ...rest,
      subject: `${one.location} ${other.location}`,
      message: `the manifests in ${one.location} and ${other.location} differ in ${fields.join(", ")}`,
      plugin: { value: JSON.stringify(one.content.value), from: one.location },
      other: { value: JSON.stringify(other.content.value), from: other.location },
      fix: [
        advise(
          `Keep one manifest: remove the one in ${other.location} from the build, or write both from the same source.`,
        ),
      ],
    },
  ];
}

function inSlice(carrier: Carrier, arch: string): Carrier {
  return { ...carrier, location: `${carrier.location} (${arch})` };
}

function readable(carriers: readonly Carrier[]): readonly Carrier[] {
  return carriers.filter(({ content }) => content.kind === "json");
}

/** Names of the fields that differ; "the whole document" if either is not an object. */
function differing(one: unknown, other: unknown, ignored: ReadonlySet<string>): readonly string[] {
  if (!isObject(one) || !isObject(other))
    return sortedJson(one) === sortedJson(other) ? [] : ["the whole document"];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (key) => !ignored.has(key) && sortedJson(own(one, key)) !== sortedJson(own(other, key)),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(of: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}
