/** A value from a file as one word of a command that people paste: quoted where a shell would act on it (POSIX sh, 2.2.2). */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
