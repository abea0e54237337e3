//! Where code lives, and what brings it out.

use super::{Argument, Effect, Kind, Known, LOOKS, Shape, Wanted, made, needs, takes};

const REPOSITORY: Shape = Shape {
    name: "github.Repository",
    fields: &[("name", "name", Kind::Text), ("Name", "name", Kind::Text)],
    title: "name",
};
const TAG: Shape = Shape {
    name: "github.Tag",
    fields: &[("Name", "name", Kind::Text), ("Message", "message", Kind::Text), ("name", "name", Kind::Text)],
    title: "name",
};

const NAMESPACE: Argument = takes("namespace", &["NAMESPACE"], Wanted::Text);
const REPOSITORY_FIELDS: &[Argument] =
    &[needs("owner", &["OWNER"], Wanted::Text), needs("name", &["REPOSITORY"], Wanted::Text)];

pub(super) static ENTRIES: &[Known] = &[
    Known {
        image: "fluxcd/lock",
        fixed: &[("LOCK", "true")],
        call: "flux.lock",
        effect: Effect::Changes,
        arguments: &[needs("name", &["NAME"], Wanted::Text), NAMESPACE],
        left_out: &[
            ("FLUX_URL", "the command `flux` finds its cluster by itself"),
            ("USER", "the run knows who started it"),
        ],
        ..LOOKS
    },
    Known {
        image: "fluxcd/lock",
        fixed: &[("LOCK", "false")],
        call: "flux.unlock",
        effect: Effect::Changes,
        arguments: &[needs("name", &["NAME"], Wanted::Text), NAMESPACE],
        left_out: &[
            ("FLUX_URL", "the command `flux` finds its cluster by itself"),
            ("USER", "the run knows who started it"),
        ],
        says_no_undo: true,
        ..LOOKS
    },
    Known {
        image: "github/get-repos",
        call: "github.repositories",
        arguments: &[
            needs("organization", &["OWNER"], Wanted::Text),
            takes("token", &["TOKEN"], Wanted::Secret),
        ],
        result: Kind::List(&REPOSITORY),
        outputs: &["Repositories"],
        ..LOOKS
    },
    Known {
        image: "github/get-tags",
        call: "github.tags",
        arguments: &[
            made("repository", "github.Repository", REPOSITORY_FIELDS),
            takes("last", &["NUM_OF_LAST_TAGS"], Wanted::Int),
            takes("token", &["TOKEN"], Wanted::Secret),
        ],
        result: Kind::List(&TAG),
        outputs: &["Tags"],
        ..LOOKS
    },
];
