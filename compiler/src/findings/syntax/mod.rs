//! Findings about text that the grammar does not know.

super::area! {
    duplicate_clause,
    number_out_of_range,
}
