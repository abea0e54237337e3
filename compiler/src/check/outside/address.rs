//! Finds, in the address of a request, what isn't encoded.

use super::value::{Hole, Origin, Piece};

/// A part of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Nothing of it is known yet.
    Begin,
    /// Which server: up to the first slash.
    Server,
    /// The path.
    Path,
    /// Behind the question mark.
    Query,
}

/// The first hole in the path or query of an address that can lead elsewhere.
pub fn unencoded(pieces: &[Piece]) -> Option<(Part, Hole)> {
    walk(pieces, &mut Part::Begin)
}

fn walk(pieces: &[Piece], part: &mut Part) -> Option<(Part, Hole)> {
    for piece in pieces {
        match piece {
            Piece::Literal(text) => *part = behind(text, *part),
            Piece::Choice(all) => {
                let mut last = *part;
                for pieces in all {
                    let mut inner = *part;
                    if let Some(found) = walk(pieces, &mut inner) {
                        return Some(found);
                    }
                    last = last.max(inner);
                }
                *part = last;
            }
            Piece::Hole(hole) => {
                let wanted: &[char] = match part {
                    // Whoever names the server names the whole of it.
                    Part::Begin | Part::Server => {
                        if *part == Part::Begin {
                            *part = Part::Path;
                        }
                        continue;
                    }
                    Part::Path => &['/', '?', '#'],
                    Part::Query => &['&', '#'],
                };
                if hole.origin == Origin::Outside && !wanted.iter().all(|sign| hole.escapes.contains(sign)) {
                    return Some((*part, hole.clone()));
                }
            }
        }
    }
    None
}

/// The part that an address is in behind a text of the program.
fn behind(text: &str, part: Part) -> Part {
    if part == Part::Query || text.contains('?') {
        return Part::Query;
    }
    let rest = match part {
        Part::Begin => match text.split_once("://") {
            Some((_, rest)) => rest,
            // The scheme is in what stands before it, or it begins with a path.
            None => return if text.starts_with('/') { Part::Path } else { Part::Server },
        },
        _ => text,
    };
    match part {
        Part::Begin | Part::Server if !rest.contains('/') => Part::Server,
        _ => Part::Path,
    }
}
