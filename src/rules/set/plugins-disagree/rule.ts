import type { SetRule } from "../../rule.ts";

export const pluginsDisagree = {
  id: "plugins-disagree",
  group: "set",
  title: "plugins match the host but conflict with each other",
  checkTitle: "plugins together",
  severity: "error",
  loader: "regardless",
  evaluate: ({ disagreements = [] }) =>
    disagreements.map(({ plugins: [one, other], packages }) => ({
      subject: `${one} and ${other}`,
      plugins: [one, other],
      message: `${one} and ${other} each match the host but conflict with each other: they link different ${packages.length === 1 ? "code of the package" : "code of the packages"} ${packages.join(", ")}, which the host does not link; whichever is opened second will be rejected`,
      fix: [
        {
          kind: "advice" as const,
          text: "Build both plugins with the same module versions and flags, or link these packages into the host.",
        },
      ],
    })),
} satisfies SetRule;
