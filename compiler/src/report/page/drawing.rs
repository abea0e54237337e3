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
    /// Moves it all to the upper left corner. A curve stays within the hull of its points, so a size that
    /// contains boxes and points cuts nothing off.
    fn drawing(self) -> Drawing {
        const MARGIN: f64 = 12.0;
        let curves: Vec<Curve> = self.arrows.iter().map(|path| Curve::new(path)).collect();
        let corners = self.boxes.iter().flat_map(|[x, y, width, height]| [[*x, *y], [x + width, y + height]]);
        let all: Vec<[f64; 2]> = corners.chain(curves.iter().flat_map(Curve::points)).collect();
        let least = |axis: usize| all.iter().map(|point| point[axis]).fold(f64::INFINITY, f64::min) - MARGIN;
        let most = |axis: usize| all.iter().map(|point| point[axis]).fold(0.0, f64::max) + MARGIN;
        let (left, top) = (least(0), least(1));
        let boxes = self.boxes.iter().map(|[x, y, width, height]| [x - left, y - top, *width, *height]);
        Drawing {
            boxes: boxes.collect(),
            arrows: curves.iter().map(|curve| curve.path(left, top)).collect(),
            size: [most(0) - left, most(1) - top],
        }
    }
}

/// An arrow: where it starts, and the cubic curves that it is made of, each by its two control points and its
/// end.
struct Curve {
    start: Option<[f64; 2]>,
    pieces: Vec<[[f64; 2]; 3]>,
}

impl Curve {
    /// The first pair is the point where the arrow starts and its first control point; each other pair is a
    /// control point and the end of a piece. The missing control points continue the piece before in a
    /// straight line.
    fn new(path: &[(Point, Point)]) -> Self {
        let at = |point: &Point| [point.x, point.y];
        let [(start, first), rest @ ..] = path else { return Self { start: None, pieces: Vec::new() } };
        let mut next = at(first);
        let mut pieces = Vec::new();
        for (control, end) in rest {
            let (control, end) = (at(control), at(end));
            pieces.push([next, control, end]);
            next = [2.0 * end[0] - control[0], 2.0 * end[1] - control[1]];
        }
        Self { start: Some(at(start)).filter(|_| !pieces.is_empty()), pieces }
    }

    fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        self.start.into_iter().chain(self.pieces.iter().flatten().copied())
    }

    /// As SVG writes it, moved by this much.
    fn path(&self, left: f64, top: f64) -> String {
        let at = |[x, y]: &[f64; 2]| format!("{:.1} {:.1}", x - left, y - top);
        let Some(start) = &self.start else { return String::new() };
        let pieces =
            self.pieces.iter().map(|[one, two, end]| format!(" C {}, {}, {}", at(one), at(two), at(end)));
        format!("M {}{}", at(start), pieces.collect::<String>())
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

    proptest::proptest! {
        #[test]
        fn nothing_lies_outside_of_the_drawing(
            sizes in proptest::collection::vec((20.0_f64..200.0, 20.0_f64..80.0), 2..14),
            edges in proptest::collection::vec((0_usize..14, 0_usize..14), 0..30),
        ) {
            let sizes: Vec<[f64; 2]> = sizes.into_iter().map(|(width, height)| [width, height]).collect();
            let forward = edges.into_iter().filter(|(from, to)| from < to && *to < sizes.len());
            let edges: std::collections::BTreeSet<(usize, usize)> = forward.collect();
            let edges: Vec<(usize, usize)> = edges.into_iter().collect();
            let drawing = draw(&sizes, &edges);
            let [width, height] = drawing.size;
            let inside = |x: f64, y: f64| (0.0..=width).contains(&x) && (0.0..=height).contains(&y);
            for [x, y, wide, high] in &drawing.boxes {
                proptest::prop_assert!(inside(*x, *y) && inside(x + wide, y + high), "{:?}", drawing);
            }
            for path in &drawing.arrows {
                let numbers: Vec<f64> =
                    path.split([' ', ',']).filter_map(|number| number.parse().ok()).collect();
                proptest::prop_assert!(numbers.len() >= 8, "{}", path);
                for point in numbers.chunks(2) {
                    proptest::prop_assert!(inside(point[0], point[1]), "{} {:?}", path, drawing.size);
                }
            }
        }
    }

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
