import { arch } from "node:process";
import { ArchiveError } from "./archive-error.ts";
import type { Candidate } from "./image-candidate.ts";

/** Which image is meant, if there are several. */
export interface ImageChoice {
  /** As the archive names it: `registry/app:1.2`. Or its digest, of which the beginning is enough. */
  readonly image?: string | undefined;
  /** `linux/arm64`. */
  readonly platform?: string | undefined;
}

/**
 * The image that is meant.
 * @throws ArchiveError if there is none of this name or platform, or if it is not clear which is meant.
 */
export function chosenImage(all: readonly Candidate[], { image, platform }: ImageChoice): Candidate {
  if (all.length === 0) throw new ArchiveError("it has no image for a system, only other things");
  const named =
    image === undefined
      ? all
      : all.filter(({ names, id }) => names.some((name) => isCalled(name, image)) || isOfDigest(id, image));
  const names = [...new Set(all.flatMap((each) => each.names))];
  if (named.length === 0) {
    throw new ArchiveError(`it has no image ${JSON.stringify(image)}`, [`It has ${listed(names)}.`]);
  }
  const groups = new Set(named.map((each) => each.names.join(" ")));
  if (groups.size > 1) {
    const left = [...new Set(named.flatMap((each) => each.names.slice(0, 1)))];
    throw new ArchiveError("it has several images", [`Choose one with --image: ${listed(left)}.`]);
  }
  return ofPlatform(named, platform);
}

function ofPlatform(all: readonly Candidate[], platform: string | undefined): Candidate {
  if (all.length > 1 && all.every((each) => each.platform === all[0]?.platform)) {
    throw new ArchiveError("it has several images that have one name, or none, and one platform", [
      `Choose one with --image: ${listed(all.map((each) => each.id))}.`,
    ]);
  }
  const platforms = listed([...new Set(all.map((each) => each.platform))]);
  if (platform !== undefined) {
    const matching = all.filter((each) => isPlatform(each.platform, platform));
    const [first] = matching;
    if (first === undefined) {
      throw new ArchiveError(`it has no image for ${platform}`, [`It has ${platforms}.`]);
    }
    if (matching.length === 1) return first;
    throw new ArchiveError(`it has several images for ${platform}`, [
      `Choose one with --platform or --image: ${listed(matching.map((each) => each.platform))}.`,
    ]);
  }
  const [first] = all;
  if (first !== undefined && all.length === 1) return first;
  const own = all.filter((each) => isPlatform(each.platform, ownPlatform));
  if (own[0] !== undefined && own.length === 1) return own[0];
  throw new ArchiveError("it has images for several platforms", [
    `Choose one with --platform: ${platforms}.`,
  ]);
}

/** As Go names the processors that Node names otherwise. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", ppc64: "ppc64le" };
const ownPlatform = `linux/${architectures[arch] ?? arch}`;

/** A variant counts only if it is asked for. */
function isPlatform(platform: string, wanted: string): boolean {
  return platform === wanted || platform.startsWith(`${wanted}/`);
}

/** containerd writes `docker.io/library/app:1` for what people call `app:1`, or `app` if the tag is latest. */
function isCalled(name: string, wanted: string): boolean {
  const short = name.replace(/^docker\.io\/(library\/)?/, "");
  return [name, short, name.replace(/:latest$/, ""), short.replace(/:latest$/, "")].includes(wanted);
}

/** At least as many digits of a digest as git and docker show. */
function isOfDigest(id: string, wanted: string): boolean {
  const isDigest = /^(sha(256|512):)?[0-9a-f]{7,}$/.test(wanted);
  return isDigest && (id.startsWith(wanted) || id.replace(/^sha(256|512):/, "").startsWith(wanted));
}

function listed(names: readonly string[]): string {
  const most = 20;
  const shown = names.slice(0, most).map((name) => (name === "" ? "one without a name" : name));
  if (shown.length === 0) return "only images without a name";
  return names.length > most ? `${shown.join(", ")} and ${names.length - most} more` : shown.join(", ");
}
