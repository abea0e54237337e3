/**
 * The grammar of Quell for editors that highlight by tree-sitter.
 *
 * The compiler's own grammar, grammar/quell.pest, is the one that counts. This one reads all that
 * it accepts (a test holds it to that on every module of the repository) and doesn't look at line
 * ends, so that it accepts more.
 */

const PREC = { lambda: -1, or: 1, and: 2, not: 3, compare: 4, coalesce: 5, add: 6, multiply: 7, minus: 8, cast: 9, postfix: 10 };

const comma_list = (rule) => seq(rule, repeat(seq(',', rule)), optional(','));

module.exports = grammar({
  name: 'quell',
  word: ($) => $.identifier,
  extras: ($) => [/[\s\uFEFF]/, $.comment, $.doc_comment],
  conflicts: ($) => [[$.lambda_parameters, $._expression]],

  rules: {
    source_file: ($) => repeat($._item),

    comment: () => token(seq('//', /[^\n]*/)),
    doc_comment: () => token(prec(1, seq(choice('///', '//!'), /[^\n]*/))),

    // Modules

    _item: ($) =>
      choice(
        $.use_item, $.record_item, $.enum_item, $.type_item, $.let_item, $.function_item, $.trigger_item,
        $.task_item, $.action_item, $.playbook_item, $.scenario_item,
      ),

    use_item: ($) =>
      seq(optional('private'), 'use', field('path', $.path), optional(choice(seq('as', $.identifier), $.use_list))),
    use_list: ($) => seq('(', optional(comma_list($.use_name)), ')'),
    use_name: ($) => seq($.identifier, optional(seq('as', $.identifier))),

    record_item: ($) =>
      seq(optional('private'), 'record', field('name', $.identifier), '{', optional(comma_list($.field_definition)), '}'),
    field_definition: ($) => seq(field('name', $.identifier), $._type_annotation, optional($._default)),

    enum_item: ($) =>
      seq(
        optional('private'), optional('ordered'), 'enum', field('name', $.identifier),
        '{', optional(comma_list($.variant)), '}',
      ),
    variant: ($) => $.identifier,

    type_item: ($) => seq(optional('private'), 'type', field('name', $.identifier), '=', $.type),
    let_item: ($) => seq(optional('private'), $._let),
    _let: ($) => seq('let', field('name', $.identifier), optional($._type_annotation), $._default),
    function_item: ($) =>
      seq(optional('private'), 'fn', field('name', $.identifier), $.parameters, optional($._result), $._default),
    trigger_item: ($) =>
      seq(
        optional('private'), 'trigger', field('name', $.identifier), $.parameters, $._result,
        optional($.provides_entry), optional($._default),
      ),
    task_item: ($) =>
      seq(optional('private'), 'task', field('name', $.identifier), $.parameters, optional($._result), $.block),

    parameters: ($) => seq('(', optional(comma_list($.parameter)), ')'),
    parameter: ($) => seq(field('name', $.identifier), optional($._type_annotation), optional($._default)),
    _type_annotation: ($) => seq(':', $.type),
    _default: ($) => seq('=', $._expression),
    _result: ($) => seq('->', $.type),

    // Actions

    action_item: ($) =>
      seq(
        optional('private'), 'action', field('name', $.identifier), $.parameters, optional($._result), $.effect,
        optional($._default), optional($.action_body),
      ),
    effect: () => choice('reads', 'asks', 'notifies', 'changes', 'destroys'),
    action_body: ($) => seq('{', repeat($._action_entry), '}'),
    _action_entry: ($) =>
      choice(
        $.timeout_clause, $.undo_clause, $.irreversible_clause, $.idempotent_entry, $.deprecated_entry, $.touches_entry,
        $.provides_entry, $.http_binding, $.command_binding, $.container_binding, $.simulate_block,
      ),
    idempotent_entry: () => 'idempotent',
    deprecated_entry: ($) => seq('deprecated', $._expression),
    touches_entry: ($) => seq('touches', $.identifier, repeat(seq(',', $.identifier))),
    provides_entry: ($) => seq('provides', $.identifier, repeat(seq(',', $.identifier))),

    http_binding: ($) => seq('http', $.method, $._expression, optional($._runner), optional($.binding_body)),
    method: () => choice('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'),
    command_binding: ($) => seq('command', $._expression, optional($._runner), optional($.binding_body)),
    container_binding: ($) => seq('container', $._expression, optional($._runner), optional($.binding_body)),
    _runner: ($) => seq('on', $._expression),
    binding_body: ($) =>
      seq('{', repeat(choice($.auth_entry, $.output_entry, $.expect_entry, $.return_statement, $.let_statement, $.data_entry)), '}'),
    auth_entry: ($) =>
      seq('auth', choice(seq('bearer', $._expression), seq(choice('basic', 'header'), $._expression, ',', $._expression))),
    output_entry: () => seq('output', choice('json', 'text')),
    expect_entry: ($) => prec.right(seq('expect', $._expression, optional(seq('else', $._expression)))),
    data_entry: ($) => seq($.data_kind, $._expression),
    data_kind: () => choice('headers', 'query', 'json', 'form', 'body', 'stdin', 'env', 'args'),

    simulate_block: ($) =>
      seq('simulate', '{', repeat(choice($.return_statement, $.let_statement, $.takes_entry, $.fails_entry)), '}'),
    takes_entry: ($) =>
      seq(
        'takes',
        choice(
          seq('p50', $._expression, 'p95', $._expression),
          seq('mean', $._expression),
          seq($._expression, optional(seq('to', $._expression))),
        ),
      ),
    fails_entry: ($) => seq('fails', $._expression, optional(seq('with', $._expression))),

    // Playbooks

    playbook_item: ($) =>
      seq(
        optional('private'), 'playbook', field('name', $.identifier),
        '{', repeat(choice($.on_header, $.input_header, $.owner_header, $.resolve_header, $.section)), '}',
      ),
    on_header: ($) => seq('on', $.path, optional($.arguments), optional(seq('as', field('name', $.identifier)))),
    input_header: ($) => seq('input', field('name', $.identifier), $._type_annotation, optional($._default)),
    owner_header: ($) => seq('owner', $._expression),
    resolve_header: ($) => seq('resolve', 'within', $._expression),
    section: ($) => seq($.section_kind, choice($.block, seq('none', $.string))),
    section_kind: () => choice('enrich', 'triage', 'communicate', 'remediate'),

    block: ($) => seq('{', repeat($._statement), '}'),
    _statement: ($) =>
      choice(
        $.step_statement, $.let_statement, $.severity_statement, $.resolved_statement, $.suspect_statement,
        $.rule_out_statement, $.return_statement, $.if_statement, $.cause_statement,
      ),
    step_statement: ($) =>
      prec.right(seq('step', field('name', $.identifier), optional($._type_annotation), $._default, repeat($._clause))),
    let_statement: ($) => $._let,
    severity_statement: ($) => seq('severity', $._default),
    resolved_statement: ($) => seq('resolved', 'after', $._expressions),
    suspect_statement: ($) => seq('suspect', 'when', $._expression),
    rule_out_statement: ($) => seq('rule', 'out', 'when', $._expression),
    return_statement: ($) => seq('return', $._expression),
    if_statement: ($) =>
      prec.right(seq('if', $._expression, $.block, optional(seq('else', choice($.if_statement, $.block))))),
    cause_statement: ($) => seq('cause', field('name', $.identifier), $.string, $.block),

    // Clauses

    _clause: ($) =>
      choice(
        $.when_clause, $.after_clause, $.each_clause, $.repeat_clause, $.every_clause, $.approve_clause,
        $.timeout_clause, $.retry_clause, $.undo_clause, $.irreversible_clause, $.failure_clause,
      ),
    when_clause: ($) => seq('when', $._expression),
    after_clause: ($) => seq('after', $._expressions),
    each_clause: ($) =>
      seq('each', field('name', $.identifier), 'in', $._expression, repeat(seq(',', choice($.at_most, $.at_a_time)))),
    at_a_time: ($) => seq($._expression, 'at', 'a', 'time'),
    at_most: ($) => seq('at', 'most', $._expression, optional('times')),
    repeat_clause: ($) =>
      seq(
        'repeat', 'every', $._expression,
        optional(seq('until', $._expression, optional(seq('for', $._expression)))),
        optional(seq(',', $.at_most)),
      ),
    every_clause: ($) => seq('every', $._expression),
    approve_clause: ($) =>
      prec.right(seq(
        'approve', 'by', $._expression, 'of', $._expressions,
        repeat(choice(seq('when', $._expression), seq('within', $._expression), seq('else', 'skip'))),
      )),
    timeout_clause: ($) => seq('timeout', $._expression),
    retry_clause: ($) =>
      prec.right(seq(
        'retry', $._expression, 'times',
        optional(choice(seq('every', $._expression), seq('backoff', $._expression, 'to', $._expression))),
      )),
    undo_clause: ($) => seq('undo', $._expression, optional('always')),
    irreversible_clause: ($) => seq('irreversible', $._expression),
    failure_clause: ($) =>
      seq('on', 'failure', choice('continue', seq('use', $._expression), seq('run', $._expression))),

    _expressions: ($) => prec.right(seq($._expression, repeat(seq(',', $._expression)))),

    // Scenarios

    scenario_item: ($) =>
      seq(
        optional('private'), 'scenario', field('title', $.string), 'for', $.path,
        '{', repeat(choice($.given_statement, $.expect_statement, $.let_statement)), '}',
      ),
    given_statement: ($) =>
      seq(
        'given',
        choice(
          seq('start', 'at', $._expression),
          seq('approval', 'of', $.path, optional('refused'), 'by', $._expressions, optional($._delay)),
          seq($._expressions, choice(
            $._default,
            seq('from', $.string),
            seq('down', optional(seq('from', $._expression, 'to', $._expression))),
            seq(choice($._returns, $._fails), optional($.when_clause), optional($._taking)),
            seq(optional($.when_clause), $._taking),
            seq('answer', $.path, 'with', $._expression, optional($._delay)),
          )),
        ),
      ),
    _delay: ($) => seq('after', $._expression),
    _returns: ($) => seq('returns', $._expression, repeat(seq(',', 'then', $._expression))),
    _fails: ($) =>
      seq('fails', optional($.string), optional(choice('once', seq(choice($.number, $.path), optional('times'))))),
    _taking: ($) => seq('taking', $._expression),

    expect_statement: ($) =>
      seq(
        'expect',
        choice(
          'snapshot',
          seq(optional('not'), choice('resolved', 'failed', 'completed'), optional($._within)),
          seq($._expression, optional(seq(optional('not'), $._verb))),
        ),
      ),
    _verb: ($) =>
      choice(
        seq(choice('ran', 'attempted'), optional(seq($._expression, 'times')), optional(seq('before', $.path)), optional($._within)),
        seq(choice('skipped', 'failed', 'handled', 'blocked', 'cancelled', 'unanswered'), optional($._within)),
        seq(
          'called', optional(seq($._expression, 'times')),
          optional(seq('with', $.identifier, choice('containing', $._compare), $._expression)),
        ),
        seq('told', optional(seq('by', $.path)), optional($._within)),
      ),
    _within: ($) => seq('within', $._expression),
    _compare: () => choice('==', '!=', '<=', '>=', '<', '>'),

    // Types

    type: ($) => prec.right(seq($.path, optional($.type_arguments), repeat('?'))),
    type_arguments: ($) => prec(1, seq('<', $.type, repeat(seq(',', $.type)), '>')),
    path: ($) => prec.right(seq($.identifier, repeat(seq('.', $.identifier)))),

    // Expressions

    _expression: ($) =>
      choice(
        $.lambda, $.binary, $.unary, $.cast, $.field, $.call, $.index, $.if_expression, $.match_expression,
        $.text_block, $.string, $.number, $.boolean, $.none, $.identifier, $.parenthesized, $.list, $.map,
      ),

    lambda: ($) => prec.right(PREC.lambda, seq($.lambda_parameters, '=>', field('body', $._expression))),
    lambda_parameters: ($) =>
      choice($.identifier, seq('(', optional(seq($.identifier, repeat(seq(',', $.identifier)))), ')')),

    binary: ($) =>
      choice(
        ...[
          ['or', PREC.or], ['and', PREC.and], ['in', PREC.compare], ['+', PREC.add], ['-', PREC.add],
          ['*', PREC.multiply], ['/', PREC.multiply], ['==', PREC.compare], ['!=', PREC.compare],
          ['<=', PREC.compare], ['>=', PREC.compare], ['<', PREC.compare], ['>', PREC.compare],
        ].map(([operator, level]) =>
          prec.left(level, seq($._expression, field('operator', operator), $._expression))),
        prec.left(PREC.compare, seq($._expression, field('operator', $.not_in), $._expression)),
        prec.right(PREC.coalesce, seq($._expression, field('operator', '??'), $._expression)),
      ),
    not_in: () => seq('not', 'in'),
    unary: ($) => choice(prec(PREC.not, seq('not', $._expression)), prec(PREC.minus, seq('-', $._expression))),
    cast: ($) => prec(PREC.cast, seq($._expression, 'as', $.type)),

    field: ($) => prec(PREC.postfix, seq($._expression, choice('.', '?.'), field('name', $.identifier))),
    call: ($) => prec(PREC.postfix, seq(field('callee', $._expression), $.arguments)),
    arguments: ($) => seq('(', optional(comma_list($.argument)), ')'),
    argument: ($) => choice(seq(field('name', $.identifier), ':', $._expression), $._expression),
    index: ($) => prec(PREC.postfix, seq($._expression, '[', $._expression, ']')),

    parenthesized: ($) => seq('(', $._expression, ')'),
    list: ($) => seq('[', optional(comma_list($._expression)), ']'),
    map: ($) => seq('{', optional(comma_list($.map_entry)), '}'),
    map_entry: ($) => seq(field('key', choice($.identifier, $.string)), ':', $._expression),

    if_expression: ($) =>
      prec.right(seq('if', $._expression, 'then', $._expression, 'else', $._expression)),
    match_expression: ($) => seq('match', $._expression, '{', optional(comma_list($.arm)), '}'),
    arm: ($) => seq($._pattern, repeat(seq('or', $._pattern)), '=>', $._expression),
    _pattern: ($) =>
      choice(
        'else',
        $.none,
        $.path,
        seq($._compare, $._pattern_value),
        seq($._pattern_value, optional(seq('to', $._pattern_value))),
      ),
    _pattern_value: ($) => seq(optional('-'), choice($.string, $.number, $.boolean)),

    // Tokens

    string: ($) =>
      seq(
        '"',
        repeat(choice($.string_content, $.escape, $.interpolation)),
        token.immediate('"'),
      ),
    string_content: () => choice(token.immediate(prec(1, /[^"\\$\n]+/)), token.immediate('$')),
    text_block: ($) =>
      seq(
        '"""',
        repeat(choice($.block_content, $.escape, $.interpolation)),
        token.immediate('"""'),
      ),
    block_content: () => choice(token.immediate(prec(1, /[^"\\$]+/)), token.immediate('$'), token.immediate('"')),
    escape: () => token.immediate(/\\(["\\$ntr]|u\{[0-9a-fA-F]{1,6}\})/),
    interpolation: ($) => seq(token.immediate('${'), $._expression, '}'),

    number: () =>
      token(choice(
        /[0-9](_?[0-9])*(\.[0-9]+)?%?/,
        /([0-9](_?[0-9])*(\.[0-9]+)?(ms|s|m|h|d|w))+/,
        /[0-9](_?[0-9])*(\.[0-9]+)?([KMGT]i?B|B)/,
      )),
    boolean: () => choice('true', 'false'),
    none: () => 'none',
    identifier: () => /[A-Za-z_][A-Za-z0-9_]*/,
  },
});
