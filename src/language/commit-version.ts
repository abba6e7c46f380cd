/** Go's pseudo-version ends with the time and the first 12 digits of the commit (golang.org/x/mod/module, PseudoVersion). */
const form = /[-.]\d{14}-([0-9a-f]{12})(?:\+incompatible)?$/;

/** The commit that Go made a version of, since it has no tag: its first 12 digits; undefined for any other version. */
export function commitOfVersion(version: string): string | undefined {
  return form.exec(version)?.[1];
}
