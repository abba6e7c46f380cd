import { readContent, type ManifestContent } from "./content.ts";
import type { CarrierSource, LocatedCarrier } from "./carrier/locate.ts";
import type { Manifest } from "./generated/manifest.ts";

/** One manifest value that stands in a file, readable or not. */
export interface Carrier {
  readonly source: CarrierSource;
  readonly location: string;
  /** Offset of its first byte within the object file, where it is stored plainly. */
  readonly offset: number | undefined;
  readonly content: ManifestContent;
}

/** All that a file says about itself. */
export interface Claim {
  /** In reading order. */
  readonly carriers: readonly Carrier[];
  /** The first carrier whose manifests are valid. */
  readonly chosen: Carrier | undefined;
  /** One a language; empty where no carrier is valid. */
  readonly manifests: readonly Manifest[];
}

/** A valid manifest and where it stands. */
export interface ManifestAt {
  readonly manifest: Manifest;
  /** `.otel_manifest#`, `.otel_manifest#/1`: a JSON pointer to a field is put behind it. */
  readonly at: string;
}

/** The manifests of a claim, each with the place of its fields. */
export function manifestsAt({ chosen, manifests }: Claim): readonly ManifestAt[] {
  const isArray = chosen?.content.kind === "json" && Array.isArray(chosen.content.value);
  return manifests.map((manifest, index) => ({
    manifest,
    at: `${chosen?.location ?? ""}#${isArray ? `/${index}` : ""}`,
  }));
}

/** Values read from one carrier at most: linkers join a few, never many. */
const valuesAtMost = 16;

/** @param manyAllowed whether a carrier may hold several manifests, one a language: hosts only. */
export function readClaim(located: readonly LocatedCarrier[], manyAllowed: boolean): Claim {
  const carriers = located.flatMap((each) => readCarrier(each, manyAllowed));
  const chosen = carriers.find(({ content }) => content.kind === "json" && content.manifests.length > 0);
  const manifests = chosen?.content.kind === "json" ? chosen.content.manifests : [];
  return { carriers, chosen, manifests };
}

/** One carrier a JSON value: a linker joins the sections of one name that several objects bring. */
function readCarrier(located: LocatedCarrier, manyAllowed: boolean): readonly Carrier[] {
  const { source, location, offset, payload } = located;
  if (payload.kind === "refused") {
    return [{ source, location, offset, content: { kind: "unreadable", reason: payload.reason, offset: 0 } }];
  }
  const carriers: Carrier[] = [];
  for (let from: number | undefined = 0; from !== undefined;) {
    const content: ManifestContent =
      carriers.length < valuesAtMost
        ? readContent(from === 0 ? payload.bytes : payload.bytes.subarray(from), manyAllowed)
        : { kind: "unreadable", reason: `contains more than ${valuesAtMost} JSON values`, offset: 0 };
    carriers.push({
      source,
      location: carriers.length === 0 ? location : `${location}[${carriers.length}]`,
      offset: offset === undefined ? undefined : offset + from,
      content,
    });
    from = content.kind === "json" && content.next !== undefined ? from + content.next : undefined;
  }
  return carriers;
}
