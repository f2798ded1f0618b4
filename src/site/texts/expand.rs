//! Puts the texts of a language into a template, when a theme is loaded: where a tag `[[key …]]` stands, the text stands
//! instead, its forms for one and for several in an `if` of the engine's. So it costs nothing per page.
//!
//! Every place of the result knows where it came from, so that what the engine finds wrong is told as it was written.

use super::catalogue::Catalogue;
use super::message::{COUNT, Piece, Places, one_covers_none};
use super::tag::{Argument, Form, Mistake, OPEN, Tag, begins};
use crate::site::tags::tag_length;
use pulldown_cmark_escape::escape_html;
use std::collections::BTreeSet;
use std::ops::Range;

/// A template with its texts.
#[derive(Debug, Default)]
pub(in crate::site) struct Expanded {
    pub(in crate::site) text: String,
    /// Where each stretch of the text begins, in the text and in the template; and whether it was copied from there.
    stretches: Vec<(usize, usize, bool)>,
    /// The keys that were asked for.
    pub(in crate::site) keys: BTreeSet<String>,
}

/// Puts the texts of `catalogue` into `template`.
///
/// # Errors
/// The first tag that cannot be filled: where it stands in the template, and why.
pub(in crate::site) fn expand(template: &str, catalogue: &Catalogue) -> Result<Expanded, Mistake> {
    let mut writer = Writer { template, catalogue, out: Expanded::default() };
    writer.markup(0..template.len())?;
    Ok(writer.out)
}

impl Expanded {
    /// Which place of the template a place of the text came from.
    pub(in crate::site) fn origin(&self, at: usize) -> usize {
        let stretch = self.stretches.partition_point(|(from, ..)| *from <= at).checked_sub(1);
        stretch.map_or(0, |index| {
            let (from, origin, copied) = self.stretches[index];
            if copied { origin + (at - from) } else { origin }
        })
    }
}

/// Where a tag stands: between the engine's tags, or within one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spot {
    Markup,
    Code,
}

struct Writer<'t, 'c> {
    template: &'t str,
    catalogue: &'c Catalogue,
    out: Expanded,
}

impl Writer<'_, '_> {
    fn copy(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.out.stretches.push((self.out.text.len(), range.start, true));
            self.out.text.push_str(&self.template[range]);
        }
    }

    /// Writes something that does not stand in the template, on behalf of the tag at `origin`.
    fn make(&mut self, text: &str, origin: usize) {
        self.out.stretches.push((self.out.text.len(), origin, false));
        self.out.text.push_str(text);
    }

    /// Mark-up between the engine's tags, and these tags.
    fn markup(&mut self, range: Range<usize>) -> Result<(), Mistake> {
        let mut from = range.start;
        let mut at = range.start;
        while let Some(next) = self.template[at..range.end].find(['{', '[']).map(|found| at + found) {
            let rest = &self.template[next..range.end];
            if rest.starts_with("{#") {
                at = next + tag_length(rest).unwrap_or(rest.len());
            } else if rest.starts_with("{{") || rest.starts_with("{%") {
                self.copy(from..next);
                let end = next + tag_length(rest).unwrap_or(rest.len());
                self.code(next..end)?;
                (from, at) = (end, end);
            } else if begins(self.template, next) {
                self.copy(from..next);
                let tag = Tag::read(self.template, next)?;
                self.fill(&tag, next, Spot::Markup)?;
                (from, at) = (tag.end, tag.end);
            } else if is_like_a_tag(rest) {
                return Err((
                    next,
                    "a text is asked for by `[[key]]` or `[[key name=value …]]`, and its key has a dot".to_owned(),
                ));
            } else {
                at = next + 1;
            }
        }
        self.copy(from..range.end);
        Ok(())
    }

    /// Code of the engine's, in which a text is a value.
    fn code(&mut self, range: Range<usize>) -> Result<(), Mistake> {
        let mut from = range.start;
        while let Some(next) = find_in_code(self.template, from..range.end) {
            self.copy(from..next);
            let tag = Tag::read(self.template, next)?;
            let is_bare = tag.arguments.is_empty();
            self.make(if is_bare { "" } else { "(" }, next);
            self.fill(&tag, next, Spot::Code)?;
            self.make(if is_bare { "" } else { ")" }, next);
            from = tag.end;
        }
        self.copy(from..range.end);
        Ok(())
    }

    /// Fills the text that `tag` asks for, form by form. Lines keep their numbers.
    fn fill(&mut self, tag: &Tag<'_>, at: usize, spot: Spot) -> Result<(), Mistake> {
        let catalogue = self.catalogue;
        let Some(message) = catalogue.message(tag.key) else {
            return Err((at, format!("there is no text `{}` in texts/{}.yaml", tag.key, catalogue.language())));
        };
        self.out.keys.insert(tag.key.to_owned());
        tag.check(&message.places(), at)?;
        let (one, other) = message.forms();
        match one.zip(tag.argument(COUNT)) {
            Some((one, count)) => self.forms([one, other], &count.range, tag, at, spot)?,
            None => self.pieces(other, tag, at, spot)?,
        }
        let lines = "\n".repeat(self.template[at..tag.end].matches('\n').count());
        match spot {
            _ if lines.is_empty() => {}
            Spot::Markup => self.make(&format!("{{#{lines}#}}"), at),
            Spot::Code => self.make(&lines, at),
        }
        Ok(())
    }

    /// The form for one and that for others, where `count` says which.
    fn forms(&mut self, forms: [&[Piece]; 2], count: &Range<usize>, tag: &Tag<'_>, at: usize, spot: Spot) -> Result<(), Mistake> {
        let test = if one_covers_none(self.catalogue.language()) { ") < 2" } else { ") == 1" };
        let [one, other] = forms;
        let [before, between, behind, end] = match spot {
            Spot::Markup => ["{% if (", " %}", "{% else %}", "{% endif %}"],
            Spot::Code => [" if (", "", " else ", ""],
        };
        if spot == Spot::Code {
            self.pieces(one, tag, at, spot)?;
        }
        self.make(before, at);
        self.copy(count.clone());
        self.make(test, at);
        self.make(between, at);
        if spot == Spot::Markup {
            self.pieces(one, tag, at, spot)?;
        }
        self.make(behind, at);
        self.pieces(other, tag, at, spot)?;
        self.make(end, at);
        Ok(())
    }

    fn pieces(&mut self, pieces: &[Piece], tag: &Tag<'_>, at: usize, spot: Spot) -> Result<(), Mistake> {
        match spot {
            Spot::Markup => self.in_markup(pieces, tag, at),
            Spot::Code => self.in_code(pieces, tag, at),
        }
    }

    fn in_markup(&mut self, pieces: &[Piece], tag: &Tag<'_>, at: usize) -> Result<(), Mistake> {
        for piece in pieces {
            match piece {
                Piece::Words(words) => {
                    let mut escaped = String::new();
                    // Writing into a text cannot fail.
                    let _ = escape_html(&mut escaped, words);
                    self.make(&escaped, at);
                }
                Piece::Close(name) => {
                    let element = tag.argument(name).map_or("", |argument| element_name(&self.template[argument.range.clone()]));
                    self.make(&format!("</{element}>"), at);
                }
                Piece::Open(name) | Piece::Value(name) => {
                    let Some(argument) = tag.argument(name) else { continue };
                    let range = argument.range.clone();
                    match argument.form {
                        Form::Fragment | Form::Element | Form::Text => self.markup(range)?,
                        Form::Expression | Form::Component => {
                            self.make("{{ ", argument.at);
                            self.code(range)?;
                            self.make(" }}", argument.at);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn in_code(&mut self, pieces: &[Piece], tag: &Tag<'_>, at: usize) -> Result<(), Mistake> {
        for (index, piece) in pieces.iter().enumerate() {
            if index > 0 {
                self.make(" ~ ", at);
            }
            let (Piece::Words(name) | Piece::Value(name) | Piece::Open(name) | Piece::Close(name)) = piece;
            let argument = tag.argument(name);
            match (piece, argument) {
                (Piece::Words(words), _) => {
                    let quote = ['"', '\'', '`'].into_iter().find(|quote| !words.contains(*quote));
                    let Some(quote) = quote else {
                        return Err((at, "a text in code has at most two of the three kinds of quotes".to_owned()));
                    };
                    self.make(&format!("{quote}{words}{quote}"), at);
                }
                (_, Some(Argument { form: Form::Expression, range, .. })) => {
                    self.make("(", at);
                    self.copy(range.clone());
                    self.make(")", at);
                }
                (_, Some(Argument { form: Form::Text, range, .. })) => self.code(range.clone())?,
                _ => return Err((at, "in code the values of a text are written {expression} or [[text]]".to_owned())),
            }
        }
        Ok(())
    }
}

impl<'t> Tag<'t> {
    /// Whether the values are those for which the text has a place.
    fn check(&self, places: &Places, at: usize) -> Result<(), Mistake> {
        let key = self.key;
        let given = |name: &&String| self.argument(name).is_some();
        if let Some(missing) = places.values.iter().chain(&places.elements).find(|name| !given(name)) {
            return Err((at, format!("the text `{key}` has the placeholder `{missing}`, which is not given here")));
        }
        for argument in &self.arguments {
            let is_element = argument.form == Form::Element;
            let used = if is_element { &places.elements } else { &places.values };
            // A language may do without the number.
            if !used.contains(argument.name) && argument.name != COUNT {
                let kind = if is_element { "element" } else { "placeholder" };
                return Err((argument.at, format!("the text `{key}` has no {kind} `{}`", argument.name)));
            }
            if argument.name == COUNT && argument.form != Form::Expression {
                return Err((argument.at, "`n` is a number, so its value is written {expression}".to_owned()));
            }
        }
        Ok(())
    }

    fn argument(&self, name: &str) -> Option<&Argument<'t>> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

/// Where in code the next tag begins; what stands in quotes is none.
fn find_in_code(template: &str, range: Range<usize>) -> Option<usize> {
    let mut quote = None;
    template[range.clone()].char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (Some(open), c) => quote = Some(open).filter(|open| *open != c),
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '[') if begins(template, range.start + at) => return Some(range.start + at),
            _ => {}
        }
        None
    })
}

/// Whether somebody meant a tag.
fn is_like_a_tag(text: &str) -> bool {
    text.strip_prefix(OPEN).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// `a` of `<a href="x">`.
fn element_name(element: &str) -> &str {
    let name = element.trim_start_matches('<');
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;

    const TEXTS: &str = "t:\n  plain: A & “B”\n  day: Until {day}\n  link: See <a>the {what}</a>.\n  teams: {one: One team, other: '{n} teams'}\n  in: '{teams} in {where}'\n  two: \"a \\\"b' c\"\n  three: \"a \\\"b' `c\"\n";

    fn catalogue(language: Language) -> Catalogue {
        let mut catalogue = Catalogue::new(language);
        catalogue.add(TEXTS).unwrap();
        catalogue
    }

    fn text(template: &str) -> String {
        expand(template, &catalogue(Language::English)).unwrap().text
    }

    #[test]
    fn texts_stand_where_they_were_asked_for() {
        for (template, expected) in [
            ("<h1>[[t.plain]]</h1>", "<h1>A &amp; “B”</h1>"),
            ("[[t.day day={x.y}]]!", "Until {{ x.y }}!"),
            ("[[t.day day=<date day={x}/>]]", "Until {{ <date day={x}/> }}"),
            ("[[t.day day=(<b>{{ x }}</b>)]]", "Until <b>{{ x }}</b>"),
            ("[[t.link what={w} a=<a href=\"{{ root }}x\">]]", "See <a href=\"{{ root }}x\">the {{ w }}</a>."),
            ("[[t.teams n={a.b}]]", "{% if (a.b) == 1 %}One team{% else %}{{ a.b }} teams{% endif %}"),
            ("[[t.day day=[[t.plain]]]]", "Until A &amp; “B”"),
            ("{{ x or [[t.plain]] }}", "{{ x or \"A & “B”\" }}"),
            ("{{ <c title=[[t.plain]]/> }}", "{{ <c title=\"A & “B”\"/> }}"),
            ("{{ <c title={[[t.day day={x}]]}/> }}", "{{ <c title={(\"Until \" ~ (x))}/> }}"),
            ("{{ x or [[t.two]] }}", "{{ x or `a \"b' c` }}"),
            ("{% set a = [[t.teams n={x}]] %}", "{% set a = (\"One team\" if (x) == 1 else (x) ~ \" teams\") %}"),
            ("{# [[t.none]] #}{{ \"[[t.none]]\" }}{{ [[1, 2]] }}", "{# [[t.none]] #}{{ \"[[t.none]]\" }}{{ [[1, 2]] }}"),
            ("[[t.day\n day={x}]]", "Until {{ x }}{#\n#}"),
        ] {
            assert_eq!(text(template), expected);
        }
    }

    #[test]
    fn the_form_for_one_is_chosen_as_the_language_does() {
        let french = expand("[[t.teams n={x}]]", &catalogue(Language::French)).unwrap().text;
        assert_eq!(french, "{% if (x) < 2 %}One team{% else %}{{ x }} teams{% endif %}");
    }

    #[test]
    fn what_does_not_fit_is_told_where_it_stands() {
        for (template, at, said) in [
            ("ab [[t.none]]", 3, "no text `t.none`"),
            ("ab [[t.day]]", 3, "placeholder `day`"),
            ("ab [[t.plain day={x}]]", 13, "no placeholder `day`"),
            ("ab [[t.plain a=<a>]]", 13, "no element `a`"),
            ("ab [[t.teams n=(x)]]", 13, "is a number"),
            ("ab [[plain]]", 3, "has a dot"),
            ("{{ [[t.day day=<date/>]] }}", 3, "in code"),
            ("{{ [[t.three]] }}", 3, "at most two of the three kinds of quotes"),
        ] {
            let (place, message) = expand(template, &catalogue(Language::English)).unwrap_err();
            assert!(place == at && message.contains(said), "{template}: {place} {message}");
        }
    }

    #[test]
    fn every_place_knows_where_it_came_from() {
        let template = "<p>[[t.day day={nothing}]] {{ other }}</p>";
        let expanded = expand(template, &catalogue(Language::English)).unwrap();
        for name in ["nothing", "other", "<p>", "</p>"] {
            let at = expanded.text.find(name).unwrap();
            assert_eq!(expanded.origin(at), template.find(name).unwrap(), "{name}");
        }
        assert_eq!(expanded.origin(expanded.text.find("Until").unwrap()), 3);
    }
}
