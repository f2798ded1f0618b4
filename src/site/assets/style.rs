//! Style sheets: their addresses are led elsewhere, comments and needless blanks are left out. The only module that names the
//! reader of CSS. What a style sheet says is not touched: no value is rewritten, no rule moved or dropped.

use cssparser::{ParseError, ParseErrorKind, Parser, ParserInput, Token, serialize_string};
use std::ops::Range;

/// How deep blocks and brackets of a style sheet may be nested.
const DEEPEST: usize = 100;

/// Beside these a blank means nothing. (Before a colon it does: `a :hover` is not `a:hover`.)
const NEEDS_NO_BLANK: [char; 4] = ['{', '}', ';', ','];

/// What is wrong in a style sheet, and where: line and column, each from 1.
pub(super) struct Wrong {
    pub(super) place: (u32, u32),
    pub(super) problem: String,
}

/// A part of a style sheet that is not written as it stands.
struct Part {
    range: Range<usize>,
    kind: Kind,
    place: (u32, u32),
}

enum Kind {
    /// A `url(…)` with this address.
    Address(String),
    Blank,
    Comment,
}

/// The style sheet in short, with every address for which `lead` gives another one changed.
///
/// # Errors
/// Where something stands that cannot be used, or whose address `lead` refuses.
pub(super) fn rewrite(css: &str, lead: impl Fn(&str) -> Result<Option<String>, String>) -> Result<String, Wrong> {
    let mut input = ParserInput::new(css);
    let mut parts = Vec::new();
    collect(&mut Parser::new(&mut input), 0, &mut parts)?;
    let mut out = String::with_capacity(css.len());
    let mut from = 0;
    let mut gap = None;
    for Part { range, kind, place } in parts {
        if from < range.start {
            copy(&mut out, gap.take(), &css[from..range.start]);
        }
        from = range.end;
        match kind {
            Kind::Blank => gap = Some(" "),
            Kind::Comment => gap = gap.or(Some("/**/")),
            Kind::Address(address) => {
                let led = lead(&address).map_err(|problem| Wrong { place, problem })?;
                let written = led.map_or_else(|| css[range].to_owned(), |address| url(&address));
                copy(&mut out, gap.take(), &written);
            }
        }
    }
    copy(&mut out, gap, &css[from..]);
    Ok(out)
}

/// Writes `text` after a gap, which is left out where it separates nothing.
fn copy(out: &mut String, gap: Option<&str>, text: &str) {
    let before = out.chars().next_back();
    let is_needed =
        !before.is_none_or(|c| NEEDS_NO_BLANK.contains(&c) || c == ':') && !text.is_empty() && !text.starts_with(NEEDS_NO_BLANK);
    if let Some(gap) = gap.filter(|_| is_needed) {
        out.push_str(gap);
    }
    out.push_str(text);
}

fn url(address: &str) -> String {
    let mut written = "url(".to_owned();
    // Writing to a text does not fail.
    let _ = serialize_string(address, &mut written);
    written + ")"
}

fn collect(parser: &mut Parser<'_, '_>, depth: usize, parts: &mut Vec<Part>) -> Result<(), Wrong> {
    loop {
        let start = parser.position().byte_index();
        let location = parser.current_source_location();
        let place = (location.line + 1, location.column);
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return Ok(()) };
        let kind = match token {
            Token::WhiteSpace(_) => Some(Kind::Blank),
            Token::Comment(_) => Some(Kind::Comment),
            Token::UnquotedUrl(address) => Some(Kind::Address(address.as_ref().to_owned())),
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                let problem = "a style sheet cannot import another one: link both from the template";
                return Err(Wrong { place, problem: problem.to_owned() });
            }
            Token::Function(name) if name.eq_ignore_ascii_case("url") => nested(parser, |parser| {
                let address = parser.expect_string().ok().map(|text| text.as_ref().to_owned());
                while parser.next().is_ok() {}
                Ok(address.map(Kind::Address))
            })?,
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                if depth == DEEPEST {
                    return Err(Wrong { place, problem: format!("blocks are nested more than {DEEPEST} deep") });
                }
                nested(parser, |parser| collect(parser, depth + 1, parts))?;
                None
            }
            _ => None,
        };
        if let Some(kind) = kind {
            parts.push(Part { range: start..parser.position().byte_index(), kind, place });
        }
    }
}

/// What `read` makes of the block that was just opened.
fn nested<T>(parser: &mut Parser<'_, '_>, read: impl FnOnce(&mut Parser<'_, '_>) -> Result<T, Wrong>) -> Result<T, Wrong> {
    let location = parser.current_source_location();
    let read = parser.parse_nested_block(|parser| read(parser).map_err(|wrong| parser.new_custom_error(wrong)));
    read.map_err(|error: ParseError<'_, Wrong>| match error.kind {
        ParseErrorKind::Custom(wrong) => wrong,
        ParseErrorKind::Basic(_) => Wrong { place: (location.line + 1, location.column), problem: "this is no CSS".to_owned() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_separates_nothing_is_left_out() {
        for (css, short) in [
            ("/* a */\n.a > b :hover , c {\n  color: red ;\n}\n", ".a > b :hover,c{color:red;}"),
            (".a/* not a descendant */.b/**/ c{}", ".a/**/.b c{}"),
            (
                "a::before { content: \" /* a  { \" / \"\"; width: calc( 1px  +  2px ) }",
                "a::before{content:\" /* a  { \" / \"\";width:calc( 1px + 2px )}",
            ),
            ("@media (min-width:  60rem) and (x) { [ a = b ] + c{} }", "@media (min-width:60rem) and (x){[ a = b ] + c{}}"),
            ("", ""),
            ("  /* never ends", ""),
        ] {
            assert_eq!(rewrite(css, |_| Ok(None)).ok().as_deref(), Some(short));
        }
    }
}
