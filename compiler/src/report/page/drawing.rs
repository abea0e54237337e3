//! Where boxes and arrows of a graph are drawn. The layout is that of `layout-rs`, which draws through a
//! trait; here the drawing is caught as data.

use layout::{
    core::{
        base::Orientation,
        format::{ClipHandle, RenderBackend},
        geometry::Point,
        style::StyleAttr,
    },
    std_shapes::shapes::{Arrow, Element, ShapeKind},
    topo::layout::VisualGraph,
};

/// A laid out graph: places are in pixels from the upper left corner.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Left, top, width and height of each box.
    pub boxes: Vec<[f64; 4]>,
    /// Each arrow's path, as SVG writes it.
    pub arrows: Vec<String>,
    /// Width and height of it all.
    pub size: [f64; 2],
}

/// Lays out boxes of these sizes; arrows lead from one to another and are never in a circle.
pub(super) fn draw(sizes: &[[f64; 2]], edges: &[(usize, usize)]) -> Drawing {
    let mut graph = VisualGraph::new(Orientation::LeftToRight);
    let boxes: Vec<_> = sizes
        .iter()
        .enumerate()
        .map(|(index, [width, height])| {
            graph.add_node(Element::create_with_properties(
                ShapeKind::new_box(""),
                StyleAttr::simple(),
                Orientation::LeftToRight,
                Point::new(*width, *height),
                index.to_string(),
            ))
        })
        .collect();
    for (index, (from, to)) in edges.iter().enumerate() {
        graph.add_edge(Arrow::simple_with_properties("", index.to_string()), boxes[*from], boxes[*to]);
    }
    let mut catcher = Catcher { boxes: vec![[0.0; 4]; sizes.len()], arrows: vec![Vec::new(); edges.len()] };
    graph.do_it(false, false, false, &mut catcher);
    catcher.drawing()
}

struct Catcher {
    boxes: Vec<[f64; 4]>,
    arrows: Vec<Vec<(Point, Point)>>,
}

impl Catcher {
    /// Moves it all to the upper left corner.
    fn drawing(self) -> Drawing {
        const MARGIN: f64 = 12.0;
        let left = self.boxes.iter().map(|it| it[0]).fold(f64::INFINITY, f64::min) - MARGIN;
        let top = self.boxes.iter().map(|it| it[1]).fold(f64::INFINITY, f64::min) - MARGIN;
        let boxes: Vec<[f64; 4]> =
            self.boxes.iter().map(|[x, y, width, height]| [x - left, y - top, *width, *height]).collect();
        let right = boxes.iter().map(|it| it[0] + it[2]).fold(0.0, f64::max) + MARGIN;
        let bottom = boxes.iter().map(|it| it[1] + it[3]).fold(0.0, f64::max) + MARGIN;
        let at = |point: &Point| format!("{:.1} {:.1}", point.x - left, point.y - top);
        let arrows = self.arrows.iter().map(|path| {
            // The first pair is the point it leaves from and the way it leaves; the others are ways in
            // and points.
            let mut out = String::new();
            for (index, (first, second)) in path.iter().enumerate() {
                match index {
                    0 => out.push_str(&format!("M {} C {}", at(first), at(second))),
                    1 => out.push_str(&format!(", {}, {}", at(first), at(second))),
                    _ => out.push_str(&format!(" S {}, {}", at(first), at(second))),
                }
            }
            if path.len() < 2 { String::new() } else { out }
        });
        Drawing { arrows: arrows.collect(), boxes, size: [right, bottom] }
    }
}

impl RenderBackend for Catcher {
    fn draw_rect(
        &mut self,
        xy: Point,
        size: Point,
        _: &StyleAttr,
        which: Option<String>,
        _: Option<ClipHandle>,
    ) {
        if let Some(own) = which.and_then(|which| self.boxes.get_mut(which.parse::<usize>().ok()?)) {
            *own = [xy.x, xy.y, size.x, size.y];
        }
    }

    fn draw_arrow(
        &mut self,
        path: &[(Point, Point)],
        _: bool,
        _: (bool, bool),
        _: &StyleAttr,
        which: Option<String>,
        _: &str,
    ) {
        if let Some(own) = which.and_then(|which| self.arrows.get_mut(which.parse::<usize>().ok()?)) {
            *own = path.to_vec();
        }
    }

    fn draw_line(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}
    fn draw_circle(&mut self, _: Point, _: Point, _: &StyleAttr, _: Option<String>) {}
    fn draw_text(&mut self, _: Point, _: &str, _: &StyleAttr) {}
    fn create_clip(&mut self, _: Point, _: Point, _: usize) -> ClipHandle {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_stand_behind_what_they_wait_for_and_not_on_each_other() {
        let sizes = [[100.0, 30.0]; 5];
        let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (0, 4)];
        let drawing = draw(&sizes, &edges);
        for (from, to) in edges {
            assert!(drawing.boxes[from][0] + 100.0 <= drawing.boxes[to][0], "{drawing:?}");
        }
        for (one, left) in drawing.boxes.iter().enumerate() {
            for right in &drawing.boxes[one + 1..] {
                let apart = (left[0] - right[0]).abs() >= 100.0 || (left[1] - right[1]).abs() >= 30.0;
                assert!(apart, "{drawing:?}");
            }
        }
        assert!(drawing.arrows.iter().all(|path| path.starts_with("M ")), "{drawing:?}");
        let again = draw(&sizes, &edges);
        assert_eq!((drawing.boxes, drawing.arrows), (again.boxes, again.arrows));
    }
}
