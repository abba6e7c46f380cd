/** `v1.2.3`, `v1.2.3-rc.1`, `v0.0.0-20260102030405-0123456789ab`, `v2.0.0+incompatible` (golang.org/x/mod/semver). */
const moduleVersion = /^v(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * The order of two versions of a Go module: negative where `one` is the older, positive where it is the newer, 0 where neither is.
 * Undefined where one of them is no version (golang.org/x/mod/semver, Compare).
 */
export function compareModuleVersions(one: string, other: string): number | undefined {
  const [ours, theirs] = [moduleVersion.exec(one), moduleVersion.exec(other)];
  if (ours === null || theirs === null) return undefined;
  for (const part of [1, 2, 3]) {
    const order = compareNumbers(ours[part] ?? "", theirs[part] ?? "");
    if (order !== 0) return order;
  }
  return comparePrereleases(ours[4], theirs[4]);
}

/** A release is newer than what led to it. */
function comparePrereleases(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  const [ours, theirs] = [one.split("."), other.split(".")];
  for (const [index, part] of ours.entries()) {
    const against = theirs[index];
    if (against === undefined) return 1;
    if (part === against) continue;
    const [isNumber, isOther] = [/^\d+$/.test(part), /^\d+$/.test(against)];
    if (isNumber && isOther) return compareNumbers(part, against);
    if (isNumber !== isOther) return isNumber ? -1 : 1;
    return part < against ? -1 : 1;
  }
  return ours.length - theirs.length;
}

/** Decimal numbers of any length. */
function compareNumbers(one: string, other: string): number {
  const [ours, theirs] = [one, other].map((digits) => digits.replace(/^0+(?=\d)/, "")) as [string, string];
  if (ours.length !== theirs.length) return ours.length - theirs.length;
  return ours === theirs ? 0 : ours < theirs ? -1 : 1;
}
