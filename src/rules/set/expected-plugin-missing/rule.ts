import { basename } from "node:path";
import { advise } from "../../../language/fix.ts";
import { nearWord } from "../../near-word.ts";
import type { SetMember, SetRule } from "../../rule.ts";

export const expectedPluginMissing = {
  id: "expected-plugin-missing",
  group: "set",
  title: "an expected plugin is missing",
  checkTitle: "expected plugins",
  severity: "error",
  loader: "regardless",
  evaluate: ({ plugins, expected }) => {
    const names = plugins.flatMap(namesOf);
    const there = new Set(names);
    return [...new Set(expected)]
      .filter((name) => !there.has(name))
      .map((name) => {
        const near = nearWord(name, names);
        const meant = near === undefined ? "" : `; did you mean ${near}?`;
        return {
          subject: name,
          message: `${name} is expected, but ${noneOf(plugins.length)} has that name${meant}`,
          fix: [
            advise(
              near === undefined
                ? `Put ${name} into the folder, or take it out of what is expected.`
                : `Expect ${near} instead, or put ${name} into the folder.`,
            ),
          ],
        };
      });
  },
} satisfies SetRule;

/** A plugin answers to its file name, that name without its ending or `lib`, and the name in its manifest. */
function namesOf({ path, manifest }: SetMember): readonly string[] {
  const file = basename(path);
  const stem = file.replace(/\.(so|dylib)(\.\d+)*$/, "");
  return [
    path,
    file,
    stem,
    stem.replace(/^lib/, ""),
    ...(manifest?.name === undefined ? [] : [manifest.name]),
  ];
}

function noneOf(count: number): string {
  return count === 1 ? "no plugin" : `none of the ${count} plugins`;
}
