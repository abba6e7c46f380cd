import type { SetRule } from "../../rule.ts";

export const pluginsDisagree = {
  id: "plugins-disagree",
  group: "set",
  title: "plugins fit the host but not one another",
  checkTitle: "plugins together",
  severity: "error",
  loader: "regardless",
  evaluate: ({ disagreements = [] }) =>
    disagreements.map(({ plugins: [one, other], packages }) => ({
      subject: `${one} and ${other}`,
      message: `${one} and ${other} each fit the host but not one another: they link different ${packages.length === 1 ? "code of the package" : "code of the packages"} ${packages.join(", ")}, which the host lacks; the one that is opened second is refused`,
      fix: [
        {
          kind: "advice" as const,
          text: "Build both plugins from one set of module versions and flags, or link these packages into the host.",
        },
      ],
    })),
} satisfies SetRule;
