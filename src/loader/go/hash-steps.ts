import type { GoPluginTable } from "../../evidence/go/plugin-table.ts";
import { once } from "../../object/once.ts";
import { filled } from "../message-form.ts";
import type { Obstacle } from "../obstacle.ts";
import { obstacle, unknown, type Step } from "../step.ts";
import type { GoHost } from "./host.ts";
import { GO } from "./messages.ts";
import { classifyMismatch, type MismatchCause } from "./mismatch-cause.ts";
import type { GoPlugin } from "./plugin.ts";
import { dropPluginPath } from "./plugin-path.ts";

/**
 * Every package that plugin and host have in different versions, in the order of the plugin's table: plugin.Open names the first. A
 * hash is looked up by name, so a package that the host does not have is compared with the plugin's own hash.
 */
export function hashSteps(plugin: GoPlugin, host: GoHost, table: GoPluginTable): readonly Step[] {
  const { packageHashes } = host;
  if (!packageHashes.known) {
    return [unknown(`The host's package hashes are unknown: ${packageHashes.why}.`)];
  }
  const { asksHost } = plugin;
  const causes = once(() => classifyMismatch(plugin, host));
  const steps = table.checks.flatMap((check): readonly Step[] => {
    const ofHost = packageHashes.value.get(check.package);
    if (ofHost === undefined || ofHost === check.hash) return [];
    const from = `go:link.pkghash.${check.package}`;
    return [
      obstacle({
        outcome: "refused",
        check: "package-hash",
        message: filled(GO.packageHash, { package: check.package }),
        ...(check.package === table.path ? ofOwnPath(plugin, table) : causeOf(check.package, causes())),
        subject: check.package,
        plugin: { value: check.hash, from },
        host: { value: ofHost, from },
      }),
    ];
  });
  if (steps.length === 0 || (asksHost.known && asksHost.value)) return steps;
  const why = asksHost.known ? asksHost.from : asksHost.why;
  return [
    unknown(
      `Package hashes differ, but whether the plugin compares its own with the host's is unknown: ${why}.`,
    ),
  ];
}

/** The first cause that applies to this package. */
function causeOf(path: string, causes: readonly MismatchCause[]): Pick<Obstacle, "cause" | "fix"> {
  const found = causes.find(({ packages }) => packages.includes(path));
  if (found === undefined)
    return { cause: `Plugin and host were built from different versions of package ${path}.` };
  return { cause: found.text, ...(found.fix === undefined ? {} : { fix: found.fix }) };
}

/**
 * The plugin's own main package is compared under the plugin path: it differs from whatever package of the host has that path, which
 * is never a main package.
 */
function ofOwnPath({ buildInfo }: GoPlugin, { path }: GoPluginTable): Pick<Obstacle, "cause" | "fix"> {
  const main = buildInfo.known ? buildInfo.value.path : undefined;
  const cause = `The plugin path is ${path}, and the host has a package of that path: the plugin's main package is compared with it.`;
  return main === undefined || main === path || main === "command-line-arguments"
    ? { cause, fix: "Give the plugin a module path that no package of the host has." }
    : {
        cause: `${cause} The main package is ${main}: the linker was given -pluginpath.`,
        fix: dropPluginPath,
      };
}
