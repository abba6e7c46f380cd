/** Each folder of src imports only folders that stand before it in this list. */
const folders = [
  "files",
  "object",
  "manifest",
  "language",
  "evidence",
  "artifact",
  "loader",
  "rules",
  "check",
  "process",
  "author",
  "report",
  "cli",
  "commands",
];

/**
 * The order inside the large folders: a part imports only parts that stand before it. A part is a folder; or, in braces, some files
 * beside the folders; or an array of folders that do not know each other.
 */
const parts = {
  files: ["{files}", "{disk}", "archive"],
  "files/archive": [
    "{archive-error,limits,content}",
    "{byte-stream,digest,image-candidate}",
    "{image-json,image-choice}",
    "{gzip,zstd,tar,tree,saved-image,oci-layout}",
    "{image,compression,archive-kind,temporary-store,archive-files,wanted}",
    "{zip,layer}",
    "{archive}",
  ],
  object: [
    "{format-error,image,symbol-name,object-file}",
    ["elf", "macho"],
    "{any-object,content-kind,open}",
  ],
  manifest: ["generated", "{memo,json-extent,sorted-json,schema,content}", "carrier", "{claim}"],
  language: [
    "{fix,shell-word,dependency,dependency-fix,build-flags,profile,toolchain,language-facts}",
    ["go", "rust"],
    "{languages}",
  ],
  evidence: ["{fact,guarded,read-only-data}", ["go", "rust"], "system", "{proof}"],
  loader: [
    "{check,message-form,obstacle,step,prediction,unreadable-library}",
    "elf",
    ["glibc", "musl"],
    "dlopen",
    ["dyld", "go"],
    "explain",
    "{loading-host,predict-load}",
  ],
  author: ["generate"],
  "author/generate": [
    "{draft,tool,text-file}",
    ["go", "rust"],
    "{build-time,setting,source-folder,manifest-text,built-file,generate,verify}",
  ],
  check: ["model", "judge", "lock", "shard", "{list,inspect,validate,check-all}", ["diff", "explain"]],
  report: ["model", ["screen", "format", "html"]],
  cli: [
    "{suggestion,working-folder}",
    "terminal",
    "config",
    "request",
    "answer",
    "completion",
    "{base-command,help,known-flags,parser-failure,unknown-command,failure,command-line,main}",
  ],
  "report/screen": ["layout", "block", "{list,inspect,validate,check-all,diff,explain,config,schema,verify}"],
};

/** The packages that src may use: docs/dependencies.md says what for. They become part of the bundle. */
const bundled = [
  "@cyclonedx/cyclonedx-library",
  "@humanwhocodes/momoa",
  "@oclif/core",
  "ajv",
  "ajv-formats",
  "chalk",
  "cli-table3",
  "elfy",
  "fzstd",
  "macho",
  "packageurl-js",
  "smol-toml",
  "string-width",
  "yaml",
  "yauzl",
  // Types only.
  "@types",
];

/** What a part is in a path. */
function pattern(folder, part) {
  const files = /^\{(.+)\}$/.exec(part);
  return files === null
    ? `^src/${folder}/${part}/`
    : `^src/${folder}/(${files[1].split(",").join("|")})\\.ts$`;
}

function orderInside([folder, order]) {
  const ranks = order.map((rank) => [rank].flat());
  return ranks.flatMap((rank, index) =>
    rank.flatMap((part) => {
      const others = [...rank.filter((other) => other !== part), ...ranks.slice(index + 1).flat()];
      if (others.length === 0) return [];
      return [
        {
          name: `order-inside-${folder}`,
          severity: "error",
          from: { path: pattern(folder, part) },
          to: { path: others.map((other) => pattern(folder, other)) },
        },
      ];
    }),
  );
}

module.exports = {
  forbidden: [
    ...folders.slice(0, -1).map((folder, index) => ({
      name: `${folder}-imports-only-what-stands-before-it`,
      severity: "error",
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${folders.slice(index + 1).join("|")})/` },
    })),
    ...Object.entries(parts).flatMap(orderInside),
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-folder-has-its-place",
      severity: "error",
      from: { path: "^src/", pathNot: `^src/((${folders.join("|")})/|index\\.ts$)` },
      to: {},
    },
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
      from: { path: "^src/(manifest|language|rules|report)/" },
      to: { path: "^((node:)?(child_process|net|http|process)$|src/files/)" },
    },
    {
      name: "only-the-disk-and-the-command-line-touch-the-file-system",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(cli/|files/disk\\.ts$|files/archive/temporary-store\\.ts$)" },
      to: { path: "^(node:)?fs(/promises)?$" },
    },
    {
      name: "who-reads-is-given-the-files",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/((cli|commands)/|index\\.ts$)" },
      to: { path: "^src/files/disk\\.ts$" },
    },
    {
      name: "only-process-starts-programs",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/process/" },
      to: { path: "^(node:)?child_process$" },
    },
    {
      name: "only-the-terminal-starts-the-pager",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(process|cli/terminal)/" },
      to: { path: "^src/process/pager\\.ts$" },
    },
    {
      name: "only-who-makes-plugins-runs-programs",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(process|author)/" },
      to: { path: "^src/process/program\\.ts$" },
    },
    {
      name: "the-library-starts-no-program",
      severity: "error",
      from: { path: "^src/index\\.ts$" },
      to: { path: "^src/process/", reachable: true },
    },
    {
      name: "no-network-and-no-threads",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(node:)?(worker_threads|cluster|net|http|https|http2|dgram|dns|tls)$" },
    },
    {
      name: "only-packages-of-the-bundle",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "node_modules/", pathNot: `node_modules/(${bundled.join("|")})/` },
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
