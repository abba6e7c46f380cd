import {
  flagNames,
  functionPrefix,
  type CompletionCommand,
  type CompletionGrammar,
  type CompletionValue,
} from "./grammar.ts";

/**
 * The completion for bash, 3.2 and later (Bash Reference Manual, "Programmable Completion"). Files are left to readline's
 * own completion (`-o default`), because only that knows how to quote their names.
 */
export function bashCompletion({ programs, made, commands, flags }: CompletionGrammar): string {
  const names = commands.map(({ name }) => name);
  return `# Completion of ${made} for bash:
#   source <(${programs[0]} completion bash)

${functionPrefix}() {
  local command='' before='' assigned='' prefix='' words='' kind=words at=1
  local current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while [ "$at" -lt "$COMP_CWORD" ] && [ -z "$command" ]; do
    case "\${COMP_WORDS[at]}" in
      -*) ;;
      *) command="\${COMP_WORDS[at]}" ;;
    esac
    at=$((at + 1))
  done
  before="\${COMP_WORDS[COMP_CWORD - 1]}"
  # "=" is a word of its own, unless COMP_WORDBREAKS was changed.
  if [ "$current" = = ]; then
    current='' assigned=yes
  elif [ "$before" = = ]; then
    before="\${COMP_WORDS[COMP_CWORD - 2]}" assigned=yes
  else
    case "$current" in
      --*=*) before="\${current%%=*}" prefix="\${current%%=*}=" current="\${current#*=}" assigned=yes ;;
    esac
  fi
  case "$assigned:$before" in
    yes:-*) ;;
    yes:*) before='=' ;;
  esac
  case "$command $before" in
    *' =') kind=files ;;
${commands.flatMap(valueCases).join("\n")}
    *)
      case "$command $current" in
        ' -'*) words='${flagNames(flags).join(" ")}' ;;
        ' '*) words='${[...names, "help"].join(" ")}' ;;
        'help '*) words='${names.join(" ")}' ;;
${commands.flatMap(wordCases).join("\n")}
      esac
      ;;
  esac
  case "$kind" in
    formats)
      case "$current" in
        *=*) prefix="$prefix\${current%%=*}=" current="\${current#*=}" kind=files words='' ;;
      esac
      ;;
    list)
      case "$current" in
        *,*) prefix="$prefix\${current%,*}," current="\${current##*,}" ;;
      esac
      ;;
    folders) compopt +o default -o dirnames 2>/dev/null ;;
  esac
  case "$kind" in
    files) ;;
    folders) return ;;
    *) compopt +o default 2>/dev/null ;;
  esac
  local reply
  while IFS= read -r reply; do
    COMPREPLY+=("$prefix$reply")
  done < <(compgen -W "$words" -- "$current")
}

complete -o default -F ${functionPrefix} ${programs.join(" ")}
`;
}

/** What can follow each flag that takes a value. */
function valueCases({ name, flags }: CompletionCommand): readonly string[] {
  return flags.flatMap(({ names, value }) => {
    if (value === undefined) return [];
    const pattern = names.map((each) => `'${name} ${each}'`).join(" | ");
    return [`    ${pattern}) ${assignment(value)} ;;`];
  });
}

/** What can be completed if no flag's value is expected: the flags, and the argument. */
function wordCases({ name, flags, argument }: CompletionCommand): readonly string[] {
  return [
    `        '${name} -'*) words='${flagNames(flags).join(" ")}' ;;`,
    ...(argument === undefined ? [] : [`        '${name} '*) ${assignment(argument)} ;;`]),
  ];
}

function assignment(value: CompletionValue): string {
  switch (value.kind) {
    case "words":
      return `${value.list ? "kind=list " : ""}words='${value.words.join(" ")}'`;
    case "formats":
      return `kind=formats words='${value.words.join(" ")}'`;
    case "files":
      return value.words.length === 0 ? "kind=files" : `kind=files words='${value.words.join(" ")}'`;
    case "folders":
      return "kind=folders";
    case "text":
      return "kind=text";
  }
}
