//! The screen of a drill: the log so far, and what is to be decided.

use quell_compiler::{
    simulate::{
        drill::{Open, Question},
        timeline::{Role, Tone, clock, log, wrapped},
        value::duration_for_people,
    },
    visible::visible_line,
};
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Rect},
    style::{Color, Modifier, Style},
    text::{Line, Span},
    widgets::{Block, BorderType, Paragraph, Wrap},
};

use super::state::State;

/// A text on one line, with what can't be seen as symbols. All that is drawn goes through it.
fn seen(text: &str) -> String {
    visible_line(text).into_owned()
}

/// Draws all of it.
pub fn draw(frame: &mut Frame<'_>, state: &State<'_>) {
    let questions = height(state);
    let [top, middle, bottom, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(4),
        Constraint::Length(questions),
        Constraint::Length(1),
    ])
    .areas(frame.area());
    head(frame, state, top);
    events(frame, state, middle);
    decide(frame, state, bottom);
    keys(frame, state, foot);
}

/// As high as its choices need.
fn height(state: &State<'_>) -> u16 {
    let choices = match state.current().map(|open| &open.question) {
        None => 0,
        Some(Question::Typed(_)) => 2,
        Some(_) => state.choices.len().min(8) as u16,
    };
    choices + 5
}

fn head(frame: &mut Frame<'_>, state: &State<'_>, area: Rect) {
    let bar = Style::new().bg(Color::Blue).fg(Color::White).add_modifier(Modifier::BOLD);
    let pace = if state.paused { "paused" } else { state.pace.word() };
    let name = format!(" drill: {} ", seen(&state.drill.told.playbook));
    let time = format!(" {}  {pace} ", clock(state.drill.now()));
    let gap = usize::from(area.width).saturating_sub(name.chars().count() + time.chars().count());
    let line = Line::from(vec![Span::raw(name), Span::raw(" ".repeat(gap)), Span::raw(time)]);
    frame.render_widget(Paragraph::new(line).style(bar), area);
}

fn events(frame: &mut Frame<'_>, state: &State<'_>, area: Rect) {
    let now = state.drill.now();
    let rows = log(&state.drill.told, |line| line.at <= now, usize::from(area.width.clamp(40, 120)));
    let height = usize::from(area.height);
    let hidden = state.scrolled.min(rows.len().saturating_sub(height));
    let end = rows.len() - hidden;
    let lines: Vec<Line<'_>> = rows[end.saturating_sub(height)..end]
        .iter()
        .map(|row| row.iter().map(|piece| Span::styled(seen(&piece.text), style(piece.role))).collect())
        .collect();
    frame.render_widget(Paragraph::new(lines), area);
}

fn decide(frame: &mut Frame<'_>, state: &State<'_>, area: Rect) {
    let block = Block::bordered().border_type(BorderType::Rounded);
    let Some(open) = state.current() else {
        let (title, text) = if state.drill.is_over() {
            (" run over ", ending(state))
        } else {
            (" no decision needed ", "No one is waiting for you. Press → to go to the next event.".to_owned())
        };
        let paragraph = Paragraph::new(text).wrap(Wrap { trim: true }).block(block.title(title));
        return frame.render_widget(paragraph, area);
    };
    let which = match state.open.len() {
        1 => String::new(),
        all => format!("{} of {all}, ", state.question + 1),
    };
    let title = format!(" {which}{} ", seen(&open.name));
    let left = open.until.map(|until| until - state.drill.now()).filter(|left| *left >= 0);
    let left =
        left.map(|left| format!(" {} left ", duration_for_people(left / 1_000_000_000 * 1_000_000_000)));
    let block = block
        .border_style(Style::new().fg(Color::Cyan))
        .title(Span::styled(title, Style::new().add_modifier(Modifier::BOLD)))
        .title_top(Line::from(left.unwrap_or_default()).right_aligned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    // What is approved is shown whole as long as there is room for the choices.
    let mut rows = wrapped(&question(open), usize::from(inner.width));
    let most = usize::from(inner.height / 2).max(2);
    if rows.len() > most {
        let hidden = rows.len() - (most - 1);
        rows.truncate(most - 1);
        rows.push(format!("… {hidden} more lines: enlarge the window to read them"));
    }
    let height = u16::try_from(rows.len().max(2)).unwrap_or(2);
    let [asked, choices] = Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(inner);
    frame.render_widget(Paragraph::new(rows.into_iter().map(Line::from).collect::<Vec<_>>()), asked);
    frame.render_widget(Paragraph::new(choices_of(state, open, usize::from(choices.height))), choices);
}

fn question(open: &Open) -> String {
    let people: Vec<&str> = open.people.iter().map(|person| &*person.name).collect();
    let people = people.join(", ");
    let text = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
    match &open.question {
        Question::Approval { have, need } => {
            let mut lines = vec![seen(&format!("{people}: approve {text}? ({have} of {need} have)"))];
            lines.extend(open.invocation.iter().flat_map(|shown| shown.lines()).map(seen));
            lines.join("\n")
        }
        _ => seen(&format!("{people}: {text}")),
    }
}

fn choices_of<'s>(state: &'s State<'_>, open: &Open, height: usize) -> Vec<Line<'s>> {
    if let Question::Typed(_) = open.question {
        let mut lines =
            vec![Line::from(vec![Span::raw("> "), Span::raw(seen(&state.typed)), Span::raw("▏")])];
        lines.extend(state.wrong.as_ref().map(|why| Line::styled(seen(why), Style::new().fg(Color::Red))));
        return lines;
    }
    let several = matches!(open.question, Question::Some(_));
    // The one that is chosen stays in sight.
    let from = (state.choice + 1).saturating_sub(height.max(1));
    let shown = state.choices.iter().enumerate().skip(from).take(height.max(1));
    let line = |(index, choice): (usize, &'s super::state::Choice)| {
        let mark = match (several, choice.ticked) {
            (true, true) => "[x] ",
            (true, false) => "[ ] ",
            _ => "",
        };
        let chosen = index == state.choice;
        let style = if chosen { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
        Line::styled(
            format!("{} {}. {mark}{} ", if chosen { "›" } else { " " }, index + 1, seen(&choice.text)),
            style,
        )
    };
    shown.map(line).collect()
}

fn ending(state: &State<'_>) -> String {
    use quell_compiler::hir::RunOutcome;
    match &state.drill.run().ending {
        Some(ending) => {
            let word = match ending.outcome {
                RunOutcome::Resolved => "Resolved",
                RunOutcome::Failed => "Failed",
                RunOutcome::Completed => "Completed",
            };
            let overdue = ending.broken_promise();
            format!(
                "{word} after {}{overdue}. Press Enter to leave the drill.",
                duration_for_people(ending.decided)
            )
        }
        None => "Press Enter to leave the drill.".to_owned(),
    }
}

fn keys(frame: &mut Frame<'_>, state: &State<'_>, area: Rect) {
    let typing = matches!(state.current().map(|open| &open.question), Some(Question::Typed(_)));
    let several = matches!(state.current().map(|open| &open.question), Some(Question::Some(_)));
    let text = match (typing, several) {
        (true, _) => " type, Enter to answer · → next event · Esc to leave",
        (_, true) => {
            " ↑↓ move · Space to select · Enter to answer · Tab next question · → next event · q to quit"
        }
        _ => {
            " ↑↓ Enter to decide · Tab next question · → next event · + - speed · Space to pause · q to quit"
        }
    };
    frame.render_widget(Paragraph::new(text).style(Style::new().add_modifier(Modifier::DIM)), area);
}

/// The colours of the log, as elsewhere.
fn style(role: Role) -> Style {
    let quiet = Style::new().add_modifier(Modifier::DIM);
    match role {
        Role::Time | Role::Part | Role::Quiet => quiet,
        Role::Name | Role::Heading => Style::new().add_modifier(Modifier::BOLD),
        Role::Text(tone) => match tone {
            Tone::Look | Tone::Plain => Style::new(),
            Tone::Judgement => Style::new().fg(Color::Magenta),
            Tone::People => Style::new().fg(Color::Cyan),
            Tone::Tell => Style::new().fg(Color::Blue),
            Tone::Change | Tone::Undo => Style::new().fg(Color::Yellow),
            Tone::Destroy | Tone::Failure => Style::new().fg(Color::Red),
            Tone::Skip => quiet,
            Tone::Success => Style::new().fg(Color::Green).add_modifier(Modifier::BOLD),
        },
    }
}
