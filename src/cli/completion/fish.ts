import {
  functionPrefix,
  type CompletionCommand,
  type CompletionFlag,
  type CompletionGrammar,
  type CompletionValue,
} from "./grammar.ts";

/** The completion for fish, 3.2 and later (`man complete`). */
export function fishCompletion({ programs, made, commands, flags }: CompletionGrammar): string {
  const [program, ...others] = programs;
  const complete = (words: string): string => `complete -c ${program} ${words}`;
  const names = commands.map(({ name }) => name);
  return `# Completion of ${made} for fish:
#   ${program} completion fish | source

# The command on the line so far; nothing if there is none.
function ${functionPrefix}_command
    for word in (commandline -opc)[2..-1]
        string match -q -- '-*' $word; and continue
        echo -- $word
        return 0
    end
    return 1
end

function ${functionPrefix}_in
    test "$argv[1]" = (${functionPrefix}_command; or echo)
end

# FORMAT, or FORMAT=FILE
function ${functionPrefix}_formats
    set -l parts (string match -r -- '^(?:-o|--output=)?([a-z]+=)(.*)$' (commandline -ct))
    if test (count $parts) -eq 3
        for path in (__fish_complete_path $parts[3])
            echo -- $parts[2]$path
        end
    else
        printf '%s\\n' $argv
    end
end

# Comma-separated words
function ${functionPrefix}_list
    set -l before (string match -r -- '^(?:--[^=]+=)?(.*,)' (commandline -ct))
    printf '%s\\n' "$before[2]"$argv
end

${complete("-f")}
${commands.map(({ name, summary }) => complete(`-n 'not ${functionPrefix}_command' -a ${name} -d ${quoted(summary)}`)).join("\n")}
${complete(`-n 'not ${functionPrefix}_command' -a help -d 'Show help for a command.'`)}
${complete(`-n '${functionPrefix}_in help' -a '${names.join(" ")}'`)}
${flags.map((flag) => complete(`-n 'not ${functionPrefix}_command' ${option(flag)}`)).join("\n")}
${commands.flatMap((command) => ofCommand(command).map(complete)).join("\n")}
${others.map((other) => `complete -c ${other} -w ${program}`).join("\n")}
`;
}

function ofCommand({ name, flags, argument }: CompletionCommand): readonly string[] {
  const condition = `-n '${functionPrefix}_in ${name}'`;
  return [
    ...flags.map((flag) => `${condition} ${option(flag)}`),
    ...(argument === undefined ? [] : [`${condition} ${offered(argument, "-F")}`]),
  ];
}

function option({ names, description, value }: CompletionFlag): string {
  const forms = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const offer = value === undefined ? [] : [offered(value, "-r -F")];
  return [...forms, ...offer, `-d ${quoted(description)}`].join(" ");
}

/** @param files how a file is asked for there. */
function offered(value: CompletionValue, files: string): string {
  const exclusive = files === "-F" ? "-f" : "-x";
  switch (value.kind) {
    case "words":
      return value.list
        ? `${exclusive} -a '(${functionPrefix}_list ${value.words.join(" ")})'`
        : `${exclusive} -a '${value.words.join(" ")}'`;
    case "formats":
      return `${exclusive} -a '(${functionPrefix}_formats ${value.words.join(" ")})'`;
    case "files":
      return value.words.length === 0 ? files : `${files} -a '${value.words.join(" ")}'`;
    case "folders":
      return `${exclusive} -a '(__fish_complete_directories)'`;
    case "text":
      return exclusive;
  }
}

/** Within single quotes of fish only these two have a meaning. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}
