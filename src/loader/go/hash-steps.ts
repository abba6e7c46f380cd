import type { GoPackageCheck, GoPluginTable } from "../../evidence/go/plugin-table.ts";
import type { GoHost } from "./host.ts";
import type { HostProcess } from "./host-process.ts";
import { classifyMismatch, type MismatchCause } from "./mismatch-cause.ts";
import type { GoPlugin } from "./plugin.ts";
import { obstacle, undecided, type Step } from "./step.ts";

/**
 * Every package that the plugin and the process have in another version, in the order of the plugin's table: plugin.Open names the
 * first. A hash is looked up by name, so the first file that has the package decides: the host, else a plugin opened before, even one
 * that was refused; at last the plugin itself.
 */
export function hashSteps(
  process: HostProcess,
  plugin: GoPlugin,
  host: GoHost,
  table: GoPluginTable,
): readonly Step[] {
  const { packageHashes } = host;
  if (!packageHashes.known) {
    return [undecided(`The host's package hashes are not known: ${packageHashes.why}.`)];
  }
  const { asksHost } = plugin;
  const causes = classifyMismatch(plugin, host);
  const steps = table.checks.flatMap((check) => {
    const ofHost = packageHashes.value.get(check.package);
    if (ofHost === undefined) return scopeSteps(process, check);
    if (ofHost === check.hash) return [];
    const from = hashSymbol(check.package);
    return [
      difference(check, causeOf(check.package, causes), {
        plugin: { value: check.hash, from },
        host: { value: ofHost, from },
      }),
    ];
  });
  if (steps.length === 0 || (asksHost.known && asksHost.value)) return steps;
  const why = asksHost.known ? asksHost.from : asksHost.why;
  return [
    undecided(
      `Package hashes differ, but whether the plugin compares them with the host's is not known: ${why}.`,
    ),
  ];
}

function scopeSteps({ scope }: HostProcess, check: GoPackageCheck): readonly Step[] {
  for (const { name, hashes, isCertain } of scope) {
    const hash = hashes.get(check.package);
    if (hash === undefined) continue;
    if (hash !== check.hash && !isCertain) {
      return [
        undecided(
          `${name}, which comes before, has another version of ${check.package}, and whether it is mapped is not known.`,
        ),
      ];
    }
    if (!isCertain) continue;
    if (hash === check.hash) return [];
    const from = hashSymbol(check.package);
    return [
      difference(
        check,
        `The host does not have ${check.package}; ${name}, which was opened before, has it in another version.`,
        { plugin: { value: check.hash, from }, host: { value: hash, from: `${from} of ${name}` } },
      ),
    ];
  }
  return [];
}

function difference(
  check: GoPackageCheck,
  cause: string,
  values: Required<Pick<Parameters<typeof obstacle>[0], "plugin" | "host">>,
): Step {
  return obstacle({
    outcome: "refused",
    check: "package-hash",
    message: `plugin was built with a different version of package ${check.package}`,
    cause,
    subject: check.package,
    ...values,
  });
}

/** The first cause that may be this package's own. */
function causeOf(path: string, causes: readonly MismatchCause[]): string {
  const cause = causes.find(({ packages }) => packages.includes(path));
  return cause?.text ?? `Plugin and host were built from other versions of package ${path}.`;
}

function hashSymbol(path: string): string {
  return `go:link.pkghash.${path}`;
}
