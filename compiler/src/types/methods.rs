//! The methods of the built-in types, as one table for the checker, the dry run, the editor and the
//! reference.

/// A method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Method {
    /// Identifies the method.
    pub id: MethodId,
    /// The receiver.
    pub receiver: Receiver,
    /// As written.
    pub name: &'static str,
    /// Its parameters.
    pub parameters: &'static [MethodParameter],
    /// The type of its value.
    pub result: Shape,
    /// The requirement on the elements, or on the lambda's result.
    pub needs: Needs,
    /// What it returns, as a sentence without its capital and its period.
    pub docs: &'static str,
}

impl Method {
    /// What it returns, as a sentence.
    pub fn sentence(&self) -> String {
        let mut letters = self.docs.chars();
        letters
            .next()
            .map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    }
}

/// A parameter of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MethodParameter {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub shape: Shape,
}

/// A type with holes, which the receiver and the arguments fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Shape {
    Bool,
    Int,
    Float,
    Text,
    Duration,
    /// The receiver's own type.
    Receiver,
    /// `T` of a receiver `List<T>` or `Map<T>`.
    Element,
    /// The lambda's result.
    Given,
    List(&'static Shape),
    Optional(&'static Shape),
    /// A lambda from an element.
    Function(&'static Shape),
}

/// The receiver of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Receiver {
    List,
    Map,
    /// `Text` and `Public`.
    Text,
    Bool,
    Int,
    Float,
    Percent,
    Duration,
    Size,
    Time,
    Json,
    Enum,
}

impl Receiver {
    /// As written.
    pub fn word(self) -> &'static str {
        match self {
            Receiver::List => "List<T>",
            Receiver::Map => "Map<T>",
            Receiver::Text => "Text",
            Receiver::Bool => "Bool",
            Receiver::Int => "Int",
            Receiver::Float => "Float",
            Receiver::Percent => "Percent",
            Receiver::Duration => "Duration",
            Receiver::Size => "Size",
            Receiver::Time => "Time",
            Receiver::Json => "Json",
            Receiver::Enum => "an enum",
        }
    }
}

/// The requirement on the elements of the receiver or, if the method takes a lambda, on the lambda's
/// result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// They can be compared with `<`.
    Order,
    /// They can be compared with `==`.
    Equality,
    /// They can be added, and there is a zero.
    Sum,
    /// They are texts.
    Text,
}

macro_rules! methods {
    ($($receiver:ident { $($id:ident $name:literal ($($parameter:ident: $shape:expr),*) -> $result:expr, $needs:ident, $docs:literal;)* })*) => {
        /// Identifies a method.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum MethodId { $($($id,)*)* }

        /// All methods, by receiver.
        pub static METHODS: &[Method] = &[$($(Method {
            id: MethodId::$id,
            receiver: Receiver::$receiver,
            name: $name,
            parameters: &[$(MethodParameter { name: stringify!($parameter), shape: $shape }),*],
            result: $result,
            needs: Needs::$needs,
            docs: $docs,
        },)*)*];
    };
}

use Shape::{
    Bool, Duration as Span, Element, Float, Function, Given, Int, List, Optional, Receiver as Same, Text,
};

methods! {
    List {
        ListLength "length" () -> Int, Nothing, "the number of elements";
        ListIsEmpty "is_empty" () -> Bool, Nothing, "whether it is empty";
        ListCount "count" (f: Function(&Bool)) -> Int, Nothing, "how many elements satisfy `f`";
        ListAny "any" (f: Function(&Bool)) -> Bool, Nothing, "whether some element satisfies `f`";
        ListAll "all" (f: Function(&Bool)) -> Bool, Nothing, "whether all elements satisfy `f`";
        ListFilter "filter" (f: Function(&Bool)) -> Same, Nothing, "the elements that satisfy `f`";
        ListMap "map" (f: Function(&Given)) -> List(&Given), Nothing, "the result of `f` for each element";
        ListFlatMap "flat_map" (f: Function(&List(&Given))) -> List(&Given), Nothing, "the lists that `f` returns for each element, joined into one";
        ListFind "find" (f: Function(&Bool)) -> Optional(&Element), Nothing, "the first element that satisfies `f`";
        ListFirst "first" () -> Optional(&Element), Nothing, "the first element";
        ListLast "last" () -> Optional(&Element), Nothing, "the last element";
        ListContains "contains" (x: Element) -> Bool, Equality, "whether an element equals `x`";
        ListDistinct "distinct" () -> Same, Equality, "the elements without duplicates; the first of equal elements is kept";
        ListReverse "reverse" () -> Same, Nothing, "the elements in reverse order";
        ListTake "take" (n: Int) -> Same, Nothing, "the first `n` elements, or all if there are fewer";
        ListDrop "drop" (n: Int) -> Same, Nothing, "all but the first `n` elements";
        ListSort "sort" () -> Same, Order, "the elements sorted, lowest first; equal elements keep their order";
        ListSortBy "sort_by" (f: Function(&Given)) -> Same, Order, "the elements sorted by `f`, lowest first; equal elements keep their order";
        ListMin "min" () -> Optional(&Element), Order, "the lowest element";
        ListMax "max" () -> Optional(&Element), Order, "the highest element";
        ListMinBy "min_by" (f: Function(&Given)) -> Optional(&Element), Order, "the first element with the lowest `f`";
        ListMaxBy "max_by" (f: Function(&Given)) -> Optional(&Element), Order, "the first element with the highest `f`";
        ListSum "sum" () -> Element, Sum, "the sum of all elements";
        ListJoin "join" (separator: Text) -> Text, Text, "the texts joined, with `separator` between them";
    }
    Map {
        MapGet "get" (key: Text) -> Optional(&Element), Nothing, "the value at `key`";
        MapKeys "keys" () -> List(&Text), Nothing, "the keys, in the order they were written";
        MapValues "values" () -> List(&Element), Nothing, "the values, in the order they were written";
        MapLength "length" () -> Int, Nothing, "the number of entries";
        MapIsEmpty "is_empty" () -> Bool, Nothing, "whether it is empty";
    }
    Text {
        TextLength "length" () -> Int, Nothing, "the number of characters";
        TextIsEmpty "is_empty" () -> Bool, Nothing, "whether it is empty";
        TextLower "lower" () -> Text, Nothing, "the text in lower case";
        TextUpper "upper" () -> Text, Nothing, "the text in upper case";
        TextTrim "trim" () -> Text, Nothing, "the text without leading and trailing whitespace";
        TextContains "contains" (part: Text) -> Bool, Nothing, "whether it contains `part`";
        TextStartsWith "starts_with" (part: Text) -> Bool, Nothing, "whether it starts with `part`";
        TextEndsWith "ends_with" (part: Text) -> Bool, Nothing, "whether it ends with `part`";
        TextReplace "replace" (old: Text, new: Text) -> Text, Nothing, "the text with every `old` replaced by `new`";
        TextSplit "split" (separator: Text) -> List(&Text), Nothing, "the parts between the separators";
        TextLines "lines" () -> List(&Text), Nothing, "its lines, without line breaks";
        TextTake "take" (n: Int) -> Text, Nothing, "its first `n` characters, or all if there are fewer";
        TextToInt "to_int" () -> Int, Nothing, "the text parsed as a whole number; fails if it isn't one";
        TextToFloat "to_float" () -> Float, Nothing, "the text parsed as a number; fails if it isn't one";
        TextToText "to_text" () -> Text, Nothing, "the text itself";
    }
    Bool {
        BoolToText "to_text" () -> Text, Nothing, "`true` or `false`";
    }
    Int {
        IntAbs "abs" () -> Int, Nothing, "the value without its sign";
        IntToFloat "to_float" () -> Float, Nothing, "the number as a `Float`";
        IntToText "to_text" () -> Text, Nothing, "its digits";
    }
    Float {
        FloatAbs "abs" () -> Float, Nothing, "the value without its sign";
        FloatRound "round" () -> Int, Nothing, "the nearest whole number; halves are rounded away from zero";
        FloatFloor "floor" () -> Int, Nothing, "the number rounded down to a whole number";
        FloatCeil "ceil" () -> Int, Nothing, "the number rounded up to a whole number";
        FloatToInt "to_int" () -> Int, Nothing, "the number without its fractional part";
        FloatToText "to_text" () -> Text, Nothing, "its digits";
    }
    Percent {
        PercentAbs "abs" () -> Same, Nothing, "the value without its sign";
        PercentToText "to_text" () -> Text, Nothing, "the value as it is written in Quell: `99.95%`";
    }
    Duration {
        DurationAbs "abs" () -> Same, Nothing, "the value without its sign";
        DurationToText "to_text" () -> Text, Nothing, "the value as it is written in Quell: `1h30m`";
    }
    Size {
        SizeAbs "abs" () -> Same, Nothing, "the value without its sign";
        SizeToText "to_text" () -> Text, Nothing, "the value as it is written in Quell: `512MiB`";
    }
    Time {
        TimeUtcOffset "utc_offset" (zone: Text) -> Span, Nothing, "how far a time zone (`America/New_York`) is ahead of UTC at that time, including daylight saving; fails if there is no such zone";
        TimeToText "to_text" () -> Text, Nothing, "the value as it is written in Quell: `2026-01-02T03:04:05Z`";
    }
    Json {
        JsonToText "to_text" () -> Text, Nothing, "the document as text";
    }
    Enum {
        EnumToText "to_text" () -> Text, Nothing, "the name of the variant";
    }
}

/// The methods of a receiver, in the order of the table.
pub fn methods_of(receiver: Receiver) -> impl Iterator<Item = &'static Method> {
    METHODS.iter().filter(move |method| method.receiver == receiver)
}

/// The method with this name.
pub fn find_method(receiver: Receiver, name: &str) -> Option<&'static Method> {
    methods_of(receiver).find(|method| method.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_receiver_has_two_methods_of_a_name() {
        for method in METHODS {
            assert_eq!(find_method(method.receiver, method.name).map(|found| found.id), Some(method.id));
        }
    }
}
