import type { Dependency, DependencyFacts } from "../../../language/dependency.ts";

/** A dependency that differs, with the host's of that name. */
export interface Differing {
  readonly plugin: Dependency;
  readonly host: readonly Dependency[];
}

/** So many modules of one project in step with one another are no accident. */
const family = 3;

/**
 * Why each of them differs, so that those with one cause are seen, and fixed, together. Findings with one cause have the
 * same text.
 */
export function dependencyCauses(
  differing: readonly Differing[],
  { projectOf }: DependencyFacts,
): ReadonlyMap<Differing, string> {
  const projects = new Map<string, Differing[]>();
  for (const each of differing) {
    const project = projectOf(each.plugin.name);
    projects.set(project, [...(projects.get(project) ?? []), each]);
  }
  return new Map(
    differing.flatMap((each) => {
      const project = projectOf(each.plugin.name);
      const cause = ownCause(each) ?? familyCause(project, projects.get(project) ?? []);
      return cause === undefined ? [] : [[each, cause] as const];
    }),
  );
}

/** What is wrong with one, whatever the others are. */
function ownCause({ plugin, host }: Differing): string | undefined {
  if (plugin.replacedBy !== undefined) return "The plugin was built with a replacement for it.";
  if (host.some(({ replacedBy }) => replacedBy !== undefined))
    return "The host was built with a replacement for it.";
  const isSame = plugin.version !== undefined && host.some(({ version }) => version === plugin.version);
  return isSame ? "Same version, different content." : undefined;
}

function familyCause(project: string, members: readonly Differing[]): string | undefined {
  const count = members.filter((each) => ownCause(each) === undefined).length;
  if (count < family) return undefined;
  return `${project} releases its modules together, and the plugin was built for a different release than the host: ${count} of them differ for this reason.`;
}
