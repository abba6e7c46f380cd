/** The house has one way through it: each folder of src imports only those before it in this list. */
const order = [
  "object",
  "manifest",
  "evidence",
  "artifact",
  "loader",
  "rules",
  "policy",
  "operations",
  "report",
  "cli",
  "commands",
];

module.exports = {
  forbidden: [
    ...order.slice(0, -1).map((folder, index) => ({
      name: `${folder}-knows-nothing-below-it`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${order.slice(index + 1).join("|")})/` },
    })),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "elfy-behind-one-module",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/object/elf/elfy-tables\\.ts$" },
      to: { path: "node_modules/elfy" },
    },
    {
      name: "macho-behind-one-module",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/object/macho/macho-library\\.ts$" },
      to: { path: "node_modules/macho" },
    },
    {
      name: "reports-do-no-io",
      severity: "error",
      from: { path: "^src/(manifest|rules|policy|report)/", pathNot: "^src/manifest/schema\\.ts$" },
      to: { path: "^(node:)?(fs|child_process|net|http|process)$" },
    },
    {
      name: "not-to-dev-dependencies",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
