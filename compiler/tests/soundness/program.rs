//! Random programs, from random bytes: fewer and smaller bytes make smaller programs, so that failures
//! shrink.

use std::fmt::Write;

use crate::actions::ACTIONS;

/// Choices taken from bytes; 0 where they are used up.
struct Choices<'b> {
    bytes: &'b [u8],
}

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % count.max(1)
    }

    fn pick<'t>(&mut self, among: &[&'t str]) -> &'t str {
        among[self.below(among.len())]
    }
}

/// The names of a program so far, by what they are.
#[derive(Default)]
struct Names {
    ints: Vec<String>,
    optionals: Vec<String>,
    lists: Vec<String>,
    documents: Vec<String>,
    causes: Vec<String>,
    bools: Vec<String>,
    maybe_bools: Vec<String>,
    changes: Vec<String>,
    count: usize,
}

struct Program<'b> {
    choices: Choices<'b>,
    names: Names,
    out: String,
}

/// A playbook of at most some twenty steps.
pub fn program(bytes: &[u8]) -> String {
    let mut program =
        Program { choices: Choices { bytes }, names: Names::default(), out: ACTIONS.to_owned() };
    program.playbook();
    program.out
}

impl Program<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        // Writing to a String can't fail.
        let _ = writeln!(self.out, "{}{text}", " ".repeat(indent));
    }

    fn playbook(&mut self) {
        self.line(0, "\nplaybook p {");
        self.line(2, "input deep: Bool = true\n");
        self.line(2, "enrich {");
        for _ in 0..self.choices.below(5) {
            self.look(4);
        }
        if self.choices.below(2) == 1 {
            self.group(4);
        }
        let value = self.int(2);
        let severity = match self.choices.below(4) {
            0 => format!("if {value} > 3 then critical else minor"),
            1 => format!("match {value} {{ > 5 => critical, 1 to 3 => info, else => major }}"),
            2 => "minor".to_owned(),
            _ => "critical".to_owned(),
        };
        let late = self.choices.below(3) == 1;
        if !late {
            self.line(4, &format!("severity = {severity}"));
        }
        self.line(2, "}\n\n  triage {");
        for _ in 0..self.choices.below(3) {
            self.cause();
        }
        for _ in 0..self.choices.below(3) {
            self.question();
        }
        if late {
            let asked = one_of(&mut self.choices, &self.names.bools);
            let severity = asked.map_or(severity, |name| format!("if {name} then critical else minor"));
            self.line(4, &format!("severity = {severity}"));
        }
        self.line(2, "}\n\n  communicate {");
        for _ in 0..self.choices.below(4) {
            self.message();
        }
        self.line(2, "}\n\n  remediate {");
        for _ in 0..self.choices.below(5) {
            self.change();
        }
        let verified = self.fresh();
        self.line(4, &format!("step {verified} = look(1)"));
        if self.choices.below(2) == 1 {
            self.line(4, &format!("resolved after {verified}"));
        }
        self.line(2, "}\n}");
    }

    fn fresh(&mut self) -> String {
        self.names.count += 1;
        format!("s{}", self.names.count)
    }

    /// An Int that may not always have a value.
    fn int(&mut self, depth: usize) -> String {
        let literal = self.choices.below(9).to_string();
        match self.choices.below(if depth == 0 { 3 } else { 9 }) {
            0 => literal,
            1 | 2 => one_of(&mut self.choices, &self.names.ints).unwrap_or(literal),
            3 => format!("({} + {})", self.int(depth - 1), self.int(depth - 1)),
            4 => format!("({} * {})", self.int(depth - 1), self.int(depth - 1)),
            5 => match one_of(&mut self.choices, &self.names.optionals) {
                Some(name) => format!("({name} ?? {literal})"),
                None => literal,
            },
            6 => match one_of(&mut self.choices, &self.names.lists) {
                Some(name) => {
                    format!("{name}.{}", self.choices.pick(&["sum()", "length()", "map(x => x + 1).sum()"]))
                }
                None => literal,
            },
            7 => match one_of(&mut self.choices, &self.names.documents) {
                Some(name) => {
                    let part = self.choices.pick(&["count", "name", "items", "missing"]);
                    format!("({name}.{part} as Int)")
                }
                None => literal,
            },
            _ => match one_of(&mut self.choices, &self.names.optionals) {
                // Only right behind a guard: most of these don't compile.
                Some(name) => name,
                None => format!("(if {} > 4 then {literal} else 1)", self.int(depth - 1)),
            },
        }
    }

    fn condition(&mut self) -> String {
        let value = self.int(1);
        match self.choices.below(11) {
            0 => "deep".to_owned(),
            1 => format!("{value} > {}", self.choices.below(6)),
            7 | 8 => match one_of(&mut self.choices, &self.names.bools) {
                Some(name) if self.choices.below(2) == 1 => format!("not {name}"),
                Some(name) => name,
                None => "deep".to_owned(),
            },
            9 => match one_of(&mut self.choices, &self.names.maybe_bools) {
                Some(name) => {
                    let rest = self.choices.pick(&["== none", "!= none", "?? true", "?? false"]);
                    format!("({name} {rest})")
                }
                None => "deep".to_owned(),
            },
            10 => "severity < critical".to_owned(),
            2 => "severity >= critical".to_owned(),
            3 => match one_of(&mut self.choices, &self.names.optionals) {
                Some(name) => format!("{name} != none"),
                None => "not deep".to_owned(),
            },
            4 => match one_of(&mut self.choices, &self.names.causes) {
                Some(name) => format!("{name}.{}", self.choices.pick(&["suspected", "open", "ruled_out"])),
                None => "deep".to_owned(),
            },
            5 => format!("deep and {value} != 4"),
            _ => format!("{value} / {} > 1", self.choices.below(3)),
        }
    }

    fn look(&mut self, indent: usize) {
        let name = self.fresh();
        let value = self.int(1);
        let call = match self.choices.below(6) {
            0 | 1 => format!("look({value})"),
            2 => format!("maybe({value})"),
            3 => format!("several({value})"),
            4 => format!("document({value})"),
            _ => format!("check_twice({value})"),
        };
        self.line(indent, &format!("step {name} = {call}"));
        let guarded = match self.choices.below(6) {
            1 => {
                let condition = self.condition();
                self.line(indent + 2, &format!("when {condition}"));
                true
            }
            2 => {
                self.line(indent + 2, "retry 2 times backoff 1s to 4s");
                false
            }
            3 if call.starts_with("look") => {
                self.line(indent + 2, "repeat every 5s until it > 3 for 5s, at most 1m");
                false
            }
            4 => {
                self.line(indent + 2, "on failure continue");
                true
            }
            5 => {
                self.line(indent + 2, "timeout 20s");
                false
            }
            _ => false,
        };
        let names = &mut self.names;
        match (&call, guarded) {
            (call, false) if call.starts_with("several") => names.lists.push(name),
            (call, false) if call.starts_with("document") => names.documents.push(name),
            (call, _) if call.starts_with("several") || call.starts_with("document") => {}
            (call, false) if !call.starts_with("maybe") => names.ints.push(name),
            _ => names.optionals.push(name),
        }
    }

    /// `if` and `else`, whose steps may have no value outside.
    fn group(&mut self, indent: usize) {
        let condition = self.condition();
        let before = (self.names.ints.len(), self.names.lists.len(), self.names.documents.len());
        self.line(indent, &format!("if {condition} {{"));
        self.look(indent + 2);
        self.look(indent + 2);
        self.line(indent, "} else {");
        let names = &mut self.names;
        names.lists.truncate(before.1);
        names.documents.truncate(before.2);
        let inside: Vec<String> = names.ints.drain(before.0..).collect();
        self.look(indent + 2);
        self.line(indent, "}");
        let names = &mut self.names;
        names.lists.truncate(before.1);
        names.documents.truncate(before.2);
        let other: Vec<String> = names.ints.drain(before.0..).collect();
        names.optionals.extend(inside.into_iter().chain(other));
    }

    fn cause(&mut self) {
        let name = format!("cause{}", self.names.causes.len());
        self.line(4, &format!("cause {name} \"it is {name}\" {{"));
        let before = (self.names.ints.len(), self.names.optionals.len());
        self.look(6);
        let suspect = self.condition();
        self.line(6, &format!("suspect when {suspect}"));
        if self.choices.below(2) == 1 {
            let rule_out = self.condition();
            self.line(6, &format!("rule out when {rule_out}"));
        }
        self.line(4, "}");
        // What a cause looks at is known only in it.
        self.names.ints.truncate(before.0);
        self.names.optionals.truncate(before.1);
        self.names.causes.push(name);
    }

    fn question(&mut self) {
        let name = self.fresh();
        if self.choices.below(2) == 1 {
            return self.decision(&name);
        }
        self.line(4, &format!("step {name}: Int = ask(ops, \"How many?\", within: 5m)"));
        match self.choices.below(4) {
            1 => self.line(6, "on failure use 3"),
            2 => self.line(6, "when deep"),
            _ => {}
        }
        self.names.ints.push(name);
    }

    /// A question to which the answer is yes or no.
    fn decision(&mut self, name: &str) {
        let value = self.int(0);
        let call = match self.choices.below(4) {
            0 => format!("confirm({value})"),
            1 => format!("sure({value})"),
            _ => "ask(ops, \"Go?\", within: 1m)".to_owned(),
        };
        self.line(4, &format!("step {name}: Bool = {call}"));
        match self.choices.below(4) {
            1 => self.line(6, "on failure use true"),
            2 => self.line(6, "on failure use false"),
            3 => {
                self.line(6, "on failure continue");
                return self.names.maybe_bools.push(name.to_owned());
            }
            _ => {}
        }
        self.names.bools.push(name.to_owned());
    }

    fn message(&mut self) {
        let name = self.fresh();
        let value = self.int(1);
        let call = match self.choices.below(4) {
            0 => format!("tell(\"it is ${{{value}}}\")"),
            1 => "tell(run.status)".to_owned(),
            2 => "publish(\"we are on it\")".to_owned(),
            _ => format!("publish(if {value} > 3 then \"it is slow\" else \"it is down\")"),
        };
        self.line(4, &format!("step {name} = {call}"));
        match self.choices.below(8) {
            1 => self.line(6, "every 1m"),
            2 => self.line(6, "after assessed + 2m"),
            3 => self.line(6, "after resolved"),
            4 => self.line(6, "after failed"),
            5 => self.line(6, "after triaged"),
            6 => {
                let condition = self.condition();
                self.line(6, &format!("when {condition}"));
            }
            _ => {}
        }
    }

    fn change(&mut self) {
        let name = self.fresh();
        let value = self.int(1);
        let kind = self.choices.below(9);
        let call = match kind {
            7 => format!("grow({value})"),
            8 => format!("unwanted({value})"),
            0..=2 => format!("scale({value})"),
            3 => format!("wipe({value})"),
            4 => format!("clean({value})"),
            5 => format!("turn({value})"),
            _ => format!("swap({value})"),
        };
        let each = (kind < 3 || kind == 5) && self.choices.below(4) == 1;
        let call = match (each, kind) {
            (true, 5) => "turn(x)".to_owned(),
            (true, _) => "scale(x)".to_owned(),
            _ => call,
        };
        self.line(4, &format!("step {name} = {call}"));
        if self.choices.below(2) == 1 {
            let condition = self.condition();
            self.line(6, &format!("when {condition}"));
        }
        if each {
            self.line(6, "each x in [1, 2, 3], 2 at a time, at most 5");
        }
        match self.choices.below(6) {
            1 => self.line(6, "approve by 2 of ops within 10m"),
            2 => self.line(6, "approve by 2 of ops when severity >= critical within 10m"),
            3 => self.line(6, "approve by 2 of [ana, bo], ops when deep within 10m else skip"),
            4 => self.line(6, "approve by 1 of ops within 5m else skip"),
            _ => {}
        }
        // Only changes; a task that is polled, retried or cut off.
        if kind == 5 {
            match self.choices.below(4) {
                1 => self.line(6, "repeat every 5s until it > 4, at most 40s"),
                2 => self.line(6, "repeat every 5s until it > 4, at most 3 times"),
                3 => self.line(6, "timeout 30s"),
                _ => {}
            }
        }
        if kind < 3 {
            if self.choices.below(3) == 1 {
                self.line(6, "retry 2 times every 3s");
            }
            match self.choices.below(4) {
                0 | 1 => self.line(6, if each { "undo scale(x - 1)" } else { "undo scale(0)" }),
                2 if self.choices.below(4) == 1 => self.line(6, "undo wipe(0)"),
                2 => self.line(6, "undo scale(0) always"),
                _ => self.line(6, "irreversible \"it serves\""),
            }
        }
        if self.choices.below(5) == 1 {
            self.line(6, "on failure run tell(\"failed: ${error}\")");
        }
        if kind == 8 {
            self.names.maybe_bools.push(name.clone());
        }
        self.names.changes.push(name);
    }
}

fn one_of(choices: &mut Choices<'_>, names: &[String]) -> Option<String> {
    let index = choices.below(names.len());
    names.get(index).cloned()
}

/// A text with a few lines taken out, doubled or swapped, and with numbers and severities changed.
pub fn mutated(text: &str, edits: &[u16]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for edit in edits {
        let at = usize::from(edit / 8) % lines.len().max(1);
        match edit % 8 {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 if at + 1 < lines.len() => lines.swap(at, at + 1),
            _ => {
                // From here on the first line that can be changed.
                let changed = |line: &String| line.replace(['2', '4', '6'], "1").replace("critical", "major");
                let Some(line) = lines.iter_mut().skip(at).find(|line| changed(line) != **line) else {
                    continue;
                };
                *line = changed(line);
            }
        }
    }
    lines.join("\n") + "\n"
}
