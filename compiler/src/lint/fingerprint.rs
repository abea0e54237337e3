//! What makes a finding the same one tomorrow, though lines have moved.

use std::collections::BTreeMap;

use crate::{diagnostic::Diagnostic, world::World};

/// A fingerprint for each finding: of its code, its module, the text of its line and its message. Of
/// several that are alike each has its number.
pub fn fingerprints(world: &dyn World, findings: &[Diagnostic]) -> Vec<String> {
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let one = |finding: &Diagnostic| {
        let source = world.source(finding.span().file);
        let line = source.line(source.lines().line(finding.span().start));
        let module = world.module_path(finding.span().file);
        let parts = [finding.code, module, line.trim(), &finding.message];
        let hash = parts.iter().fold(OFFSET, |hash, part| fold(fold(hash, part.as_bytes()), &[0]));
        let number = seen.entry(hash).or_default();
        *number += 1;
        format!("{:016x}", fold(hash, &number.to_le_bytes()))
    };
    findings.iter().map(one).collect()
}

/// FNV-1a, written out: the standard library's hash may change from one release to the next.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fold(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        source::{SourceFile, Span},
        world::MemoryWorld,
    };

    #[test]
    fn they_survive_moved_lines_and_differ_for_twins() {
        let of = |text: &str| {
            let mut world = MemoryWorld::default();
            let file = world.add("a", SourceFile::new("a.quell", text));
            let places = text.match_indices("here").map(|(at, _)| at as u32);
            let found: Vec<_> = places
                .map(|at| Diagnostic::warning("code", Span::new(file, at, at + 4), "message"))
                .collect();
            fingerprints(&world, &found)
        };
        let before = of("here\n  here\n");
        assert_eq!(before, of("// a line more\nhere\nhere\n"));
        assert_ne!(before[0], before[1]);
        assert_ne!(before[0], of("here it is\n")[0]);
    }
}
