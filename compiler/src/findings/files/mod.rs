//! Findings about files themselves, before their content is read, and about their modules.

super::area! {
    byte_order_mark,
    carriage_return,
    duplicate_module,
    empty_file,
    file_too_large,
    invalid_module_name,
    not_utf8,
    tab,
}
