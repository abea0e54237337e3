//! What the person sees and has chosen.

use std::time::Duration;

use quell_compiler::{
    graph::Nanoseconds,
    simulate::{
        drill::{Decision, Drill, Open, Question},
        timeline::brief,
        trace::PersonShown,
        value::Value,
    },
};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// How fast the clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Pace {
    /// As in life.
    #[value(name = "1")]
    Real,
    /// A minute in six seconds.
    #[value(name = "10")]
    Ten,
    /// A minute in a second.
    #[value(name = "60")]
    Sixty,
    /// It stands still until you let it jump to what happens next.
    #[value(name = "step")]
    Step,
}

impl Pace {
    fn factor(self) -> u32 {
        match self {
            Pace::Real => 1,
            Pace::Ten => 10,
            Pace::Sixty => 60,
            Pace::Step => 0,
        }
    }

    /// As the screen says it.
    pub fn word(self) -> &'static str {
        match self {
            Pace::Real => "×1",
            Pace::Ten => "×10",
            Pace::Sixty => "×60",
            Pace::Step => "step by step",
        }
    }
}

/// A choice below a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Whether it is ticked, where several can be.
    pub ticked: bool,
    value: Said,
}

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Answer(Value),
    Approve(PersonShown),
    Refuse(PersonShown),
}

/// The state of a drill on the screen.
pub struct State<'d> {
    /// The run.
    pub drill: Drill<'d>,
    /// How fast the clock goes.
    pub pace: Pace,
    /// It stands still.
    pub paused: bool,
    /// What can be decided, as of the last change.
    pub open: Vec<Open>,
    /// Which of them is looked at.
    pub question: usize,
    /// Which of its choices.
    pub choice: usize,
    /// The choices.
    pub choices: Vec<Choice>,
    /// What is being typed.
    pub typed: String,
    /// What was wrong with it.
    pub wrong: Option<String>,
    /// So many lines of the log below are hidden.
    pub scrolled: usize,
    left: bool,
}

impl<'d> State<'d> {
    /// At the beginning.
    pub fn new(drill: Drill<'d>, pace: Pace) -> Self {
        let mut state = State {
            drill,
            pace,
            paused: false,
            open: Vec::new(),
            question: 0,
            choice: 0,
            choices: Vec::new(),
            typed: String::new(),
            wrong: None,
            scrolled: 0,
            left: false,
        };
        state.look();
        state
    }

    /// Whether the person has left, or nothing more can be run.
    pub fn is_left(&self) -> bool {
        self.left || !self.drill.run().problems.is_empty()
    }

    /// What is looked at.
    pub fn current(&self) -> Option<&Open> {
        self.open.get(self.question)
    }

    /// Time has passed at the desk.
    pub fn pass(&mut self, real: Duration) {
        if self.paused || self.pace == Pace::Step {
            return;
        }
        let passed =
            i64::try_from(real.as_nanos()).unwrap_or(0).saturating_mul(i64::from(self.pace.factor()));
        self.go_on_to(self.drill.now().saturating_add(passed));
    }

    fn go_on_to(&mut self, at: Nanoseconds) {
        self.drill.go_on_to(at);
        self.look();
    }

    /// Sees what is open now. The person goes on with what they were at.
    fn look(&mut self) {
        let before = self.current().map(|open| (open.step, open.asked, open.people.len()));
        self.open = self.drill.open();
        let same =
            |open: &Open| before.is_some_and(|(step, asked, _)| (open.step, open.asked) == (step, asked));
        match self.open.iter().position(same) {
            Some(index) => self.question = index,
            None => {
                (self.question, self.choice) = (0, 0);
                self.typed.clear();
                self.wrong = None;
                self.choices.clear();
            }
        }
        let people = before.map(|(_, _, people)| people);
        if self.choices.is_empty() || self.current().map(|open| open.people.len()) != people {
            self.list_choices();
        }
    }

    fn list_choices(&mut self) {
        let answer = |value: &Value| {
            let text = match value {
                Value::Bool(true) => "yes".to_owned(),
                Value::Bool(false) => "no".to_owned(),
                Value::Text(text) => text.to_string(),
                other => brief(other),
            };
            Choice { text, ticked: false, value: Said::Answer(value.clone()) }
        };
        let choices = match self.current().map(|open| (open, &open.question)) {
            None => Vec::new(),
            Some((_, Question::One(values) | Question::Some(values))) => values.iter().map(answer).collect(),
            Some((_, Question::Typed(_))) => Vec::new(),
            Some((_, Question::Done)) => {
                vec![Choice {
                    text: "mark as done".to_owned(),
                    ticked: false,
                    value: Said::Answer(Value::Unit),
                }]
            }
            Some((open, Question::Approval { .. })) => {
                let choice = |text: String, value| Choice { text, ticked: false, value };
                let approve = open.people.iter().map(|person| {
                    choice(format!("approve, as {}", person.name), Said::Approve(person.clone()))
                });
                let refuse = open.people.iter().map(|person| {
                    choice(format!("refuse, as {}", person.name), Said::Refuse(person.clone()))
                });
                approve.chain(refuse).collect()
            }
        };
        self.choices = choices;
        self.choice = self.choice.min(self.choices.len().saturating_sub(1));
    }

    /// A key was pressed.
    pub fn press(&mut self, key: KeyEvent) {
        let typing = matches!(self.current().map(|open| &open.question), Some(Question::Typed(_)));
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c' | 'q') if control => self.left = true,
            KeyCode::Esc => self.left = true,
            KeyCode::Enter => self.enter(),
            KeyCode::Up => self.choice = self.choice.saturating_sub(1),
            KeyCode::Down => self.choice = (self.choice + 1).min(self.choices.len().saturating_sub(1)),
            KeyCode::Tab if !self.open.is_empty() => {
                self.question = (self.question + 1) % self.open.len();
                self.choice = 0;
                self.typed.clear();
                self.list_choices();
            }
            KeyCode::Right => self.jump(),
            KeyCode::PageUp => self.scrolled += 5,
            KeyCode::PageDown => self.scrolled = self.scrolled.saturating_sub(5),
            KeyCode::Backspace => drop(self.typed.pop()),
            KeyCode::Char(letter) if typing && !control => self.letter(letter),
            KeyCode::Char(letter) => self.command(letter),
            _ => {}
        }
    }

    /// A letter is typed.
    pub fn letter(&mut self, letter: char) {
        if !letter.is_control() {
            self.typed.push(letter);
            self.wrong = None;
        }
    }

    fn command(&mut self, letter: char) {
        match letter {
            'q' => self.left = true,
            ' ' => match self.current().map(|open| &open.question) {
                Some(Question::Some(_)) => {
                    if let Some(choice) = self.choices.get_mut(self.choice) {
                        choice.ticked = !choice.ticked;
                    }
                }
                _ => self.paused = !self.paused,
            },
            'p' => self.paused = !self.paused,
            '+' => {
                self.pace = match self.pace {
                    Pace::Step => Pace::Real,
                    Pace::Real => Pace::Ten,
                    Pace::Ten | Pace::Sixty => Pace::Sixty,
                };
            }
            '-' => {
                self.pace = match self.pace {
                    Pace::Sixty => Pace::Ten,
                    Pace::Ten => Pace::Real,
                    Pace::Real | Pace::Step => Pace::Step,
                };
            }
            // The choices have numbers.
            '1'..='9' => {
                let chosen = letter as usize - '1' as usize;
                if chosen < self.choices.len() {
                    self.choice = chosen;
                }
            }
            _ => {}
        }
    }

    /// On to what happens next.
    fn jump(&mut self) {
        if let Some(next) = self.drill.next() {
            self.go_on_to(next);
        }
        self.scrolled = 0;
    }

    /// The choice is made, or the text is typed. Where nothing is open, the end is left.
    fn enter(&mut self) {
        let Some(open) = self.current().cloned() else {
            if self.drill.is_over() {
                self.left = true;
            }
            return;
        };
        let first = open.people.first().cloned();
        let decided = match (&open.question, self.choices.get(self.choice).map(|choice| &choice.value)) {
            (Question::Typed(_), _) => match self.drill.read(&open, &self.typed) {
                Ok(value) => first.map(|person| (person, Decision::Answer(value))),
                Err(why) => {
                    self.wrong = Some(why);
                    return;
                }
            },
            (Question::Some(_), _) => {
                let ticked = self.choices.iter().filter(|choice| choice.ticked);
                let values = ticked.filter_map(|choice| match &choice.value {
                    Said::Answer(value) => Some(value.clone()),
                    _ => None,
                });
                first.map(|person| (person, Decision::Answer(Value::list(values.collect()))))
            }
            (_, Some(Said::Answer(value))) => first.map(|person| (person, Decision::Answer(value.clone()))),
            (_, Some(Said::Approve(person))) => Some((person.clone(), Decision::Approve)),
            (_, Some(Said::Refuse(person))) => Some((person.clone(), Decision::Refuse)),
            (_, None) => None,
        };
        if let Some((person, decision)) = decided {
            self.drill.decide(&open, &person, decision);
            self.typed.clear();
            self.choices.clear();
            self.choice = 0;
            self.look();
        }
    }
}
