/**
 * JSON with the members of every object in the order of their names' code units, which has no meaning: RFC 8785 for values whose numbers are
 * all integers. Undefined for what JSON cannot say.
 * @param space as JSON.stringify has it: how far lines are indented; one line without it.
 */
export function sortedJson(value: unknown, space?: number): string | undefined {
  return JSON.stringify(value, inOrder, space);
}

function inOrder(_: string, member: unknown): unknown {
  if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
  const named = member as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(named)
      .sort()
      .map((name) => [name, named[name]]),
  );
}
