/** `a, b and 44 more`: the first names, and how many there are besides. */
export function listed(names: readonly string[], most: number): string {
  const left = names.length - most;
  return names.slice(0, most).join(", ") + (left > 0 ? ` and ${left} more` : "");
}
