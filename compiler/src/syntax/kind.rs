//! The kinds of tokens and nodes of the syntax tree.
//!
//! They mirror the grammar's rules, so that pest stays inside this room, and add what the tree has
//! beyond them: trivia, the nodes that precedence makes of a flat expression, and errors.

use quell_grammar::Rule;

macro_rules! kinds {
    (
        trivia { $($trivia:ident,)* }
        tokens { $($token:ident = $($token_rule:ident)|+,)* }
        nodes { $($node:ident = $($node_rule:ident)|+,)* }
        made { $($made:ident,)* }
    ) => {
        /// The kind of a token or node. Names follow the grammar's rules.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        #[expect(missing_docs, reason = "the grammar's rules say it")]
        pub enum SyntaxKind {
            $($trivia,)* $($token,)* $($node,)* $($made,)*
        }

        impl SyntaxKind {
            /// All kinds, in the order of their numbers.
            pub const ALL: &[SyntaxKind] = &[
                $(SyntaxKind::$trivia,)* $(SyntaxKind::$token,)* $(SyntaxKind::$node,)* $(SyntaxKind::$made,)*
            ];

            /// What a rule of the grammar becomes in the tree; `None` for silent and strict rules and
            /// for those that the tree replaces.
            pub(crate) fn of(rule: Rule) -> Option<SyntaxKind> {
                match rule {
                    $($(Rule::$token_rule)|+ => Some(SyntaxKind::$token),)*
                    $($(Rule::$node_rule)|+ => Some(SyntaxKind::$node),)*
                    _ => None,
                }
            }

            /// Whether it is a leaf: trivia or a token.
            pub fn is_token(self) -> bool {
                matches!(self, $(SyntaxKind::$trivia)|* $(| SyntaxKind::$token)*)
            }
        }
    };
}

kinds! {
    trivia {
        Whitespace,
        Comment,
        DocComment,
        FileDoc,
        ErrorText,
    }
    tokens {
        LeftBrace = lbrace,
        RightBrace = rbrace,
        LeftParen = lparen,
        RightParen = rparen,
        LeftBracket = lbracket,
        RightBracket = rbracket,
        LeftAngle = langle,
        RightAngle = rangle,
        Comma = comma,
        Colon = colon,
        Dot = dot,
        QuestionDot = question_dot,
        Question = question,
        Quote = quote,
        BlockQuote = block_quote,
        Equals = eq,
        Arrow = arrow,
        FatArrow = fat_arrow,
        DollarBrace = dollar_brace,
        OpNot = op_not,
        OpMinus = op_minus,
        OpOr = op_or | p_or,
        OpAnd = op_and,
        OpIn = op_in,
        OpCompare = op_compare,
        OpCoalesce = op_coalesce,
        OpAdd = op_add,
        OpMultiply = op_multiply,
        Name = name | word,
        Int = int,
        Float = float,
        Percent = percent,
        Duration = duration,
        Size = size,
        Bool = bool,
        NoneWord = none,
        BadNumber = bad_number,
        BadName = bad_name,
        StringText = string_text | open_text,
        BlockText = block_text,
        Escape = escape,
        BadEscape = bad_escape,
        BadInterpolation = bad_interpolation,
        Effect = effect,
        Method = method,
        OutputFormat = output_format,
        DataKind = data_kind,
        KwUse = k_use,
        KwPrivate = k_private,
        KwAs = k_as,
        KwRecord = k_record,
        KwOrdered = k_ordered,
        KwEnum = k_enum,
        KwType = k_type,
        KwLet = k_let,
        KwFn = k_fn,
        KwTrigger = k_trigger,
        KwTask = k_task,
        KwAction = k_action,
        KwPlaybook = k_playbook,
        KwScenario = k_scenario,
        KwFor = k_for,
        KwOn = k_on,
        KwInput = k_input,
        KwOwner = k_owner,
        KwResolve = k_resolve,
        KwWithin = k_within,
        KwNone = k_none,
        KwEnrich = k_enrich,
        KwTriage = k_triage,
        KwCommunicate = k_communicate,
        KwRemediate = k_remediate,
        KwStep = k_step,
        KwCause = k_cause,
        KwSeverity = k_severity,
        KwSuspect = k_suspect,
        KwRule = k_rule,
        KwOut = k_out,
        KwReturn = k_return,
        KwIf = k_if,
        KwThen = k_then,
        KwElse = k_else | p_else,
        KwMatch = k_match,
        KwNot = k_not,
        KwWhen = k_when,
        KwAfter = k_after,
        KwEach = k_each,
        KwIn = k_in,
        KwAt = k_at,
        KwA = k_a,
        KwTime = k_time,
        KwTimes = k_times,
        KwMost = k_most,
        KwRepeat = k_repeat,
        KwEvery = k_every,
        KwUntil = k_until,
        KwApprove = k_approve,
        KwBy = k_by,
        KwOf = k_of,
        KwSkip = k_skip,
        KwTimeout = k_timeout,
        KwRetry = k_retry,
        KwBackoff = k_backoff,
        KwTo = k_to,
        KwUndo = k_undo,
        KwAlways = k_always,
        KwIrreversible = k_irreversible,
        KwFailure = k_failure,
        KwContinue = k_continue,
        KwRun = k_run,
        KwIdempotent = k_idempotent,
        KwDeprecated = k_deprecated,
        KwTouches = k_touches,
        KwProvides = k_provides,
        KwHttp = k_http,
        KwCommand = k_command,
        KwContainer = k_container,
        KwAuth = k_auth,
        KwBearer = k_bearer,
        KwBasic = k_basic,
        KwHeader = k_header,
        KwOutput = k_output,
        KwSimulate = k_simulate,
        KwTakes = k_takes,
        KwP50 = k_p50,
        KwP95 = k_p95,
        KwMean = k_mean,
        KwFails = k_fails,
        KwWith = k_with,
        KwGiven = k_given,
        KwStart = k_start,
        KwApproval = k_approval,
        KwRefused = k_refused,
        KwFrom = k_from,
        KwDown = k_down,
        KwReturns = k_returns,
        KwOnce = k_once,
        KwTaking = k_taking,
        KwAnswer = k_answer,
        KwExpect = k_expect,
        KwSnapshot = k_snapshot,
        KwResolved = k_resolved,
        KwFailed = k_failed,
        KwCompleted = k_completed,
        KwRan = k_ran,
        KwAttempted = k_attempted,
        KwBefore = k_before,
        KwSkipped = k_skipped,
        KwHandled = k_handled,
        KwBlocked = k_blocked,
        KwCancelled = k_cancelled,
        KwUnanswered = k_unanswered,
        KwCalled = k_called,
        KwContaining = k_containing,
        KwTold = k_told,
    }
    nodes {
        SourceFile = file,
        ArgList = call,
        UseItem = use_item,
        ModulePath = module_path,
        UseList = use_list,
        UseName = use_name,
        RecordItem = record_item,
        FieldList = field_list,
        FieldDef = field_def,
        EnumItem = enum_item,
        VariantList = variant_list,
        Variant = variant,
        TypeItem = type_item,
        LetItem = let_item,
        FnItem = fn_item,
        TriggerItem = trigger_item,
        ParamList = params,
        Param = param,
        TaskItem = task_item,
        ActionItem = action_item,
        Narrowing = narrowing,
        ActionBody = action_body,
        IdempotentEntry = idempotent_entry,
        DeprecatedEntry = deprecated_entry,
        TouchesEntry = touches_entry,
        ProvidesEntry = provides_entry,
        HttpBinding = http_binding,
        CommandBinding = command_binding,
        ContainerBinding = container_binding,
        Runner = runner,
        BindingBody = binding_body,
        AuthEntry = auth_entry,
        OutputEntry = output_entry,
        ExpectEntry = expect_entry,
        DataEntry = data_entry,
        SimulateBlock = simulate_block,
        TakesEntry = takes_entry,
        FailsEntry = fails_entry,
        PlaybookItem = playbook_item,
        OnHeader = on_header,
        InputHeader = input_header,
        OwnerHeader = owner_header,
        ResolveHeader = resolve_header,
        Section = section,
        Block = block | cause_block,
        StepStmt = step_stmt,
        LetStmt = let_stmt,
        SeverityStmt = severity_stmt,
        ResolvedStmt = resolved_stmt,
        SuspectStmt = suspect_stmt,
        RuleOutStmt = rule_out_stmt,
        ReturnStmt = return_stmt,
        IfStmt = if_stmt,
        CauseStmt = cause_stmt,
        WhenClause = when_clause,
        AfterClause = after_clause,
        EachClause = each_clause,
        AtATime = at_a_time,
        AtMost = at_most,
        RepeatClause = repeat_clause,
        EveryClause = every_clause,
        ApproveClause = approve_clause,
        ApproveWhen = approve_when,
        ApproveWithin = approve_within,
        ApproveElse = approve_else,
        TimeoutClause = timeout_clause,
        RetryClause = retry_clause,
        UndoClause = undo_clause,
        IrreversibleClause = irreversible_clause,
        FailureClause = failure_clause,
        ScenarioItem = scenario_item,
        ScenarioBody = scenario_body,
        GivenStmt = given_stmt,
        GivenStart = given_start,
        GivenApproval = given_approval,
        GivenValue = given_value,
        GivenFile = given_file,
        GivenDown = given_down,
        GivenOutcome = given_outcome,
        ReturnsPart = returns_part,
        FailsPart = fails_part,
        WhenPart = when_part,
        TakingPart = taking_part,
        GivenAnswer = given_answer,
        ExpectStmt = expect_stmt,
        ExpectSnapshot = expect_snapshot,
        ExpectOutcome = expect_outcome,
        ExpectRan = expect_ran,
        ExpectEnded = expect_ended,
        ExpectCalled = expect_called,
        ExpectTold = expect_told,
        ExpectValue = expect_value,
        TypeExpr = type_expr,
        TypeArgs = type_args,
        Field = field,
        Arg = arg,
        Index = index,
        Cast = cast,
        Reference = reference,
        Paren = paren,
        List = list,
        Map = map,
        MapEntry = map_entry,
        Lambda = lambda,
        LambdaParam = lambda_param,
        IfExpr = if_expr,
        MatchExpr = match_expr,
        ArmList = arm_list,
        Arm = arm,
        Pattern = pattern,
        PatternValue = pattern_value,
        Path = path,
        StringExpr = string,
        TextBlock = text_block,
        Interpolation = interpolation,
        BadHead = bad_head,
        StrayStmt = stray_stmt,
        StrayClause = stray_clause,
        BadItem = bad_item,
        BadMember = bad_member,
        BadStmt = bad_stmt,
        BadEntry = bad_entry,
        BadClause = bad_clause,
        BadTail = bad_tail,
        BadArgs = bad_args | bad_params,
        BadField = bad_field,
        BadEffect = bad_effect,
        MissingName = missing_name,
        MissingType = missing_type,
        MissingParams = missing_params,
        MissingValue = missing_value,
        MissingEffect = missing_effect,
        MissingMethod = missing_method,
        MissingReason = missing_reason,
        MissingFor = missing_for,
        MissingExpr = missing_expr,
        MissingOperand = missing_operand,
        MissingTimes = missing_times,
        MissingTo = missing_to,
        MissingThen = missing_then,
        MissingElse = missing_else,
        MissingComma = missing_comma,
        MissingQuote = missing_quote,
        MissingLbrace = missing_lbrace,
        MissingRbrace = missing_rbrace,
        MissingRparen = missing_rparen,
        MissingRbracket = missing_rbracket,
        MissingRangle = missing_rangle,
    }
    made {
        Call,
        Binary,
        Unary,
        Literal,
        TooDeep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_places_in_all() {
        for (number, kind) in SyntaxKind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, number);
        }
    }

    /// Rules that stand for themselves in the tree are all that are not silent, except those that
    /// precedence replaces and those that only serve look-ahead and messages.
    #[test]
    fn every_rule_that_is_not_silent_has_a_kind() {
        let grammar = include_str!("../../../grammar/quell.pest");
        let grammar = grammar.split_whitespace().collect::<Vec<_>>().join(" ");
        for rule in Rule::all_rules() {
            let name = format!("{rule:?}");
            let silent = grammar.contains(&format!(" {name} = _{{"));
            let replaced = matches!(rule, Rule::expr | Rule::head_expr | Rule::reserved | Rule::EOI);
            let expected = !silent && !replaced && !name.starts_with("strict_");
            assert_eq!(SyntaxKind::of(*rule).is_some(), expected, "{name}");
        }
    }
}
