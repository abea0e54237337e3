//! Findings about playbooks of other tools that are imported.

super::area! {
    import_assumed,
    import_duplicate_id,
    import_left_out,
    import_never_true,
    import_silence,
    import_unbounded_question,
    import_undeclared_parameter,
    import_unknown_key,
    import_unknown_reference,
    import_unreadable,
    import_unused_parameter,
    import_unused_step,
    import_wrong_kind,
}
