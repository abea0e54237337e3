use super::*;

fn path(text: &str) -> Path {
    match expression(text) {
        Ok(Go::Path(path)) => path,
        other => panic!("{other:?}"),
    }
}

fn member(name: &str) -> Part {
    Part::Member(name.to_owned())
}

#[test]
fn reads_ways() {
    assert_eq!(path("$.params.host").steps, [member("params"), member("host")]);
    assert_eq!(path(".'redis-info'.info").steps, [member("redis-info"), member("info")]);
    assert_eq!(path("$.a[0].b").steps, [member("a"), Part::Element(0), member("b")]);
    assert_eq!(path("$.Tags.[:].Name").steps, [member("Tags"), Part::All, member("Name")]);
    assert_eq!(path("$.Repositories.*").steps, [member("Repositories"), Part::All]);
    assert_eq!(path(".").steps, []);
}

#[test]
fn a_pipe_gives_the_last_argument() {
    let go = expression(".name | default \"x\" | upper").unwrap();
    let Go::Call(upper, arguments) = go else { panic!() };
    assert_eq!(upper, "upper");
    assert!(matches!(&arguments[0], Go::Call(name, inner) if name == "default" && inner.len() == 2));
}

#[test]
fn reads_branches_and_takes_white_space_away() {
    let nodes = parse("a {{- if .b }} c {{ else if eq .d \"}}\" }}e{{ else }}f{{ end }}").unwrap();
    assert_eq!(nodes[0], Node::Text("a".to_owned()));
    assert!(matches!(&nodes[1], Node::If(arms, otherwise) if arms.len() == 2 && otherwise.len() == 1));
}

#[test]
fn reads_with_and_range_with_their_else() {
    let nodes = parse("{{ with .a }}{{ .b }}{{ else }}c{{ end }}").unwrap();
    assert!(matches!(&nodes[0], Node::With(_, body, otherwise) if body.len() == 1 && otherwise.len() == 1));
    let nodes = parse("{{ range .a }}{{ range .b }}{{ . }}{{ end }}{{ else }}none{{ end }}").unwrap();
    assert!(matches!(&nodes[0], Node::Range(_, body, otherwise) if body.len() == 1 && otherwise.len() == 1));
    for text in
        ["{{ with .a }}", "{{ range .a }}{{ else if .b }}{{ end }}", "{{ range $i, $e := .a }}{{ end }}"]
    {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_broken_is_said() {
    for text in
        ["{{", "{{ .a", "{{ end }}", "{{ if .a }}", "{{ }}", "{{ .a .b }}", "{{ (.a }}", "{{ .a[x] }}"]
    {
        assert!(parse(text).is_err(), "{text}");
    }
    let deep = format!("{{{{ {} }}}}", "(".repeat(10_000));
    assert!(parse(&deep).is_err());
    assert!(parse(&"{{ if .a }}".repeat(1_000)).is_err());
}
