; The words of the language; a test holds them against grammar/quell.pest.

[
  "action" "after" "approve" "as" "cause" "each" "else" "enum" "every" "expect" "fn" "for" "given" "if"
  "input" "irreversible" "let" "match" "on" "ordered" "owner" "playbook" "private" "record" "repeat"
  "resolve" "resolved" "retry" "return" "rule" "scenario" "severity" "step" "suspect" "task" "then"
  "timeout" "trigger" "type" "undo" "use" "when"
] @keyword

[
  "a" "always" "answer" "approval" "at" "attempted" "auth" "backoff" "basic" "bearer" "before" "blocked" "by" "called"
  "cancelled" "command" "completed" "container" "containing" "continue" "deprecated" "down" "failed"
  "failure" "fails" "from" "handled" "header" "http" "mean" "most" "of" "once" "out" "output"
  "p50" "p95" "provides" "ran" "refused" "returns" "run" "simulate" "skip" "skipped" "snapshot" "start"
  "taking" "takes" "time" "times" "to" "told" "touches" "unanswered" "until" "with" "within"
] @keyword

(idempotent_entry) @keyword
(section_kind) @keyword
(effect) @keyword.modifier
(method) @constant
(data_kind) @keyword
(output_entry ["json" "text"] @constant)

["and" "in" "not" "or"] @keyword.operator
["==" "!=" "<=" ">=" "<" ">" "+" "-" "*" "/" "??" "=" "=>" "->"] @operator
[":" "," "." "?."] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket

(identifier) @variable
(type (path (identifier) @type))
(record_item name: (identifier) @type)
(enum_item name: (identifier) @type)
(type_item name: (identifier) @type)
(variant) @constant
(function_item name: (identifier) @function)
(task_item name: (identifier) @function)
(action_item name: (identifier) @function)
(trigger_item name: (identifier) @function)
(playbook_item name: (identifier) @function)
(step_statement name: (identifier) @variable)
(parameter name: (identifier) @variable.parameter)
(field name: (identifier) @property)
(field_definition name: (identifier) @property)
(map_entry key: (identifier) @property)
(argument name: (identifier) @variable.parameter)
(call callee: (identifier) @function)
(call callee: (field name: (identifier) @function))
(use_item path: (path (identifier) @module))

(comment) @comment
(doc_comment) @comment.documentation
(string) @string
(text_block) @string
(escape) @string.escape
(interpolation ["${" "}"] @punctuation.special)
(interpolation) @embedded
(number) @number
(boolean) @boolean
(none) @constant.builtin
