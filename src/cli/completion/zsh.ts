import {
  functionPrefix,
  type CompletionCommand,
  type CompletionFlag,
  type CompletionGrammar,
  type CompletionValue,
} from "./grammar.ts";

/** The completion for zsh (zshcompsys(1)): a file of fpath, or a text to source after compinit. */
export function zshCompletion({ programs, made, commands, flags }: CompletionGrammar): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  return `#compdef ${programs.join(" ")}
# Completion of ${made} for zsh:
#   source <(${programs[0]} completion zsh)
# or save it as a file named ${functionPrefix} in a folder of fpath.

# FORMAT, or FORMAT=FILE
${functionPrefix}_formats() {
  if compset -P 1 '*='; then
    _files
  else
    local expl
    _wanted formats expl format compadd -- "$@"
  fi
}

# One of these words, or a file
${functionPrefix}_words_or_files() {
  _alternative "words:word:($*)" 'files:file:_files'
}

${functionPrefix}_commands() {
  local -a commands=(
${described.join("\n")}
  )
  _describe command commands
}

${functionPrefix}() {
  local curcontext="$curcontext" state line
  local -A opt_args
  _arguments -C \\
${flags.map((flag) => `    ${spec(flag)} \\`).join("\n")}
    '1: :->command' \\
    '*:: :->rest' && return
  case $state in
    command)
      ${functionPrefix}_commands
      _describe command "(help:'Show help for a command.')"
      ;;
    rest)
      case $words[1] in
        help) _arguments '1: :${functionPrefix}_commands' ;;
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
}

# When autoloaded from fpath, this text is the body of the function itself.
if [[ $funcstack[1] == ${functionPrefix} ]]; then
  ${functionPrefix} "$@"
else
  compdef ${functionPrefix} ${programs.join(" ")}
fi
`;
}

function commandCase({ name, flags, argument, manyArguments }: CompletionCommand): string {
  const argumentSpec =
    argument === undefined ? [] : [quoted(`${manyArguments ? "*" : "1"}:argument:${action(argument)}`)];
  const specs = [...flags.map(spec), ...argumentSpec];
  return `        ${name})
          _arguments -s \\
${specs.map((each) => `            ${each}`).join(" \\\n")}
          ;;`;
}

/** An optspec of _arguments, quoted for the shell. */
function spec({ names, description, value, valueName, repeatable }: CompletionFlag): string {
  const exclusion = repeatable ? "*" : names.length > 1 ? `(${names.join(" ")})` : "";
  const forms = names.map((name) =>
    value === undefined ? name : name.startsWith("--") ? `${name}=` : `${name}+`,
  );
  const form = forms.length > 1 ? `{${forms.join(",")}}` : forms.join("");
  const tail = value === undefined ? "" : `:${escaped(valueName)}:${action(value)}`;
  const head = exclusion === "" ? "" : quoted(exclusion);
  return `${head}${form}${quoted(`[${escaped(description)}]${tail}`)}`;
}

function action(value: CompletionValue): string {
  switch (value.kind) {
    case "words":
      return value.list ? ` _sequence compadd - ${value.words.join(" ")}` : `(${value.words.join(" ")})`;
    case "formats":
      return ` ${functionPrefix}_formats ${value.words.join(" ")}`;
    case "files":
      return value.words.length === 0
        ? "_files"
        : ` ${functionPrefix}_words_or_files ${value.words.join(" ")}`;
    case "folders":
      return "_files -/";
    case "text":
      return " ";
  }
}

/** Brackets, colons and backslashes have a meaning in an optspec. */
function escaped(text: string): string {
  return text.replace(/[\\[\]:]/g, String.raw`\$&`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
