import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/**
 * The man page's source, in the macros of man(7) that both groff and mandoc know.
 * @param commands oclif's descriptions of the commands.
 * @param tables what the help shows too: the exit codes and the environment variables.
 */
export function manPage(commands, { exitCodes, environmentVariables }) {
  const { name, version, description, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const shown = Object.values(commands).filter(({ hidden }) => hidden !== true);
  const everywhere = Object.keys(shown[0].flags).filter((flag) => shown.every(({ flags }) => flag in flags));
  const page = [
    `.TH PLUGINS 1 "" "${text(`${name} ${version}`)}" "User Commands"`,
    // Do not hyphenate words such as --recursive, and do not justify lines.
    ".nh",
    ".ad l",
    ".SH NAME",
    `${Object.keys(bin).map(text).join(", ")} \\-`,
    ...lines(lowerFirst(description)),
    ".SH SYNOPSIS",
    ...shown.flatMap(({ usage }) => usage).flatMap((each) => [".HP", `.B plugins ${text(each)}`]),
    ".SH DESCRIPTION",
    ...lines("No plugin is loaded, run or changed, and the network is not used."),
    ...lines("The report goes to standard output, everything else to standard error."),
    ".SH COMMANDS",
    ...shown.flatMap((command) => commandLines(command, everywhere)),
    ".SH COMMON OPTIONS",
    ...everywhere.flatMap((flag) => flagLines(shown[0].flags[flag])),
    ...tagged("\\fB\\-\\-help\\fR, \\fB\\-h\\fR", "Show help."),
    ".SH EXIT STATUS",
    ...Object.values(exitCodes).flatMap(({ code, means }) => tagged(`\\fB${code}\\fR`, means)),
    ".SH ENVIRONMENT",
    ...Object.entries(environmentVariables).flatMap(([variable, means]) =>
      tagged(`\\fB${text(variable)}\\fR`, means),
    ),
  ];
  return `${page.join("\n")}\n`;
}

function commandLines({ id, summary, description, args, flags, examples = [] }, everywhere) {
  const own = Object.values(flags).filter((flag) => !everywhere.includes(flag.name) && flag.hidden !== true);
  return [
    `.SS plugins ${text(id)}`,
    ...lines(summary),
    ...lines(description ?? ""),
    ...Object.values(args).flatMap((arg) => {
      const values = arg.options === undefined ? "" : ` One of ${arg.options.join(", ")}.`;
      return tagged(`\\fI${text(arg.name.toUpperCase())}\\fR`, `${arg.description ?? ""}${values}`);
    }),
    ...own.flatMap(flagLines),
    ...(examples.length === 0 ? [] : [".PP", "Examples:", ".PP", ".EX", ...examples.map(example), ".EE"]),
  ];
}

function flagLines({ name, char, description, allowNo, type, helpValue }) {
  const value = type === "boolean" ? "" : ` \\fI${text(helpValue ?? name.toUpperCase())}\\fR`;
  const forms = [`--${name}`, ...(allowNo ? [`--no-${name}`] : []), ...(char ? [`-${char}`] : [])];
  const head = forms.map((form) => `\\fB${text(form)}\\fR`).join(", ");
  return tagged(`${head}${value}`, description);
}

function example(command) {
  return `  $ ${text(command.replaceAll("<%= config.bin %>", "plugins"))}`;
}

function tagged(head, body) {
  return [".TP", head, ...lines(body)];
}

/** Words in lines of the page's source; line breaks have no meaning there. */
function lines(words) {
  return (
    text(words)
      .match(/\S.{0,69}(?!\S)|\S+/g)
      ?.map(unasking) ?? []
  );
}

/** Text for groff(7): an escape for a backslash, `\-` for the minus that people copy, and ASCII only. */
function text(words) {
  return words
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(
      /[^\x20-\x7e]/gu,
      (letter) => `\\[u${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

/** A leading dot or quote would make the line a request. */
function unasking(line) {
  return line.replace(/^(?=[.'])/, "\\&");
}

function lowerFirst(words) {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
