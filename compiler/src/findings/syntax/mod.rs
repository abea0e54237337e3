//! Findings about text that the grammar does not know.

super::area! {
    duplicate_clause,
    malformed_number,
    number_out_of_range,
    unknown_escape,
}
