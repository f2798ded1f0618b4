//! Small components in the place of their calls, put there when a theme is loaded: the engine makes a scope of its own for
//! each call, which costs more than what most components do.
//!
//! A call is left alone where it cannot be shown that the same comes out: where a component sets variables, has a body or
//! takes a value that is neither a path (`row.status`) nor a text; where a name in it is none of its parameters; where a tag
//! at its edge takes white space away from what stands beside it. Errors are told from templates as they were written.

use super::body::Body;
use super::code::{Binding, Bindings, Call, Part, Word, expression, parts, statement, trims, words};
use std::collections::{BTreeMap, BTreeSet};

/// What a call may become, in bytes: a large component has little to gain, and is compiled anew in each place.
pub(super) const LARGEST: usize = 2_000;

/// How deep components are put into one another.
const DEEPEST: usize = 5;

struct Component<'t> {
    parameters: Vec<Parameter<'t>>,
    body: &'t str,
}

struct Parameter<'t> {
    name: &'t str,
    /// Whether it is taken from where the component is called.
    implicit: bool,
    default: Option<&'t str>,
}

/// The components of a theme.
#[derive(Default)]
pub(super) struct Components<'t> {
    by_name: BTreeMap<&'t str, Component<'t>>,
}

/// Reads `component name(a: map, b: string = "", @c)`.
fn signature(code: &str) -> Option<(&str, Vec<Parameter<'_>>)> {
    let (name, rest) = code.strip_prefix("component")?.split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    let mut parameters = Vec::new();
    // A default with a comma in it falls into pieces that nobody takes for a parameter or a value.
    for text in inside.split(',').map(str::trim).filter(|text| !text.is_empty()) {
        let (text, default) = text.split_once('=').map_or((text, None), |(text, default)| (text, Some(default.trim())));
        let name = text.split_once(':').map_or(text, |(name, _)| name).trim();
        let (name, implicit) = name.strip_prefix('@').map_or((name, false), |name| (name, true));
        matches!(words(name).as_slice(), [Word::Name(_)]).then_some(())?;
        parameters.push(Parameter { name, implicit, default });
    }
    Some((name.trim(), parameters))
}

impl<'t> Components<'t> {
    /// Those of these templates.
    pub(super) fn find(templates: impl Iterator<Item = &'t str>) -> Self {
        let mut components = Self::default();
        templates.for_each(|text| components.find_in(text));
        components
    }

    fn find_in(&mut self, text: &'t str) {
        let mut open: Option<(&str, Vec<Parameter<'_>>, usize)> = None;
        let mut at = 0;
        for part in parts(text) {
            let (Part::Markup(piece) | Part::Tag(piece)) = part;
            let begin = at;
            at += piece.len();
            let Part::Tag(tag) = part else { continue };
            let Some(code) = statement(tag) else { continue };
            if code.starts_with("component") {
                open = signature(code).filter(|_| trims(tag) == [false; 2]).map(|(name, parameters)| (name, parameters, at));
            } else if code.starts_with("endcomponent")
                && let Some((name, parameters, from)) = open.take().filter(|_| trims(tag) == [false; 2])
            {
                self.by_name.insert(name, Component { parameters, body: &text[from..begin] });
            }
        }
    }

    /// A template with what can be put in place. A component gets the parameters that it takes from its caller for those
    /// that were put into it.
    pub(super) fn place_in(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        let mut needed = BTreeSet::new();
        let mut signature_at = None;
        for part in parts(text) {
            let tag = match part {
                Part::Markup(markup) => {
                    out.push_str(markup);
                    continue;
                }
                Part::Tag(tag) => tag,
            };
            let code = statement(tag).unwrap_or_default();
            if code.starts_with("component") {
                needed.clear();
                signature_at = Some(out.len()..out.len() + tag.len());
            } else if code.starts_with("endcomponent")
                && let Some(range) = signature_at.take()
            {
                let tag = extended(&out[range.clone()], &needed);
                out.replace_range(range, &tag);
            }
            let placed = Call::read(expression(tag).unwrap_or_default(), trims(tag))
                .and_then(|call| self.place(&call, &mut Vec::new(), &mut needed));
            out.push_str(placed.as_deref().unwrap_or(tag));
        }
        out
    }

    /// What a call becomes. `within` are the components that are being put in place; `needed` takes the names that have to be
    /// known where it is called.
    pub(super) fn place(&self, call: &Call<'_>, within: &mut Vec<&'t str>, needed: &mut BTreeSet<String>) -> Option<String> {
        let (name, component) = self.by_name.get_key_value(call.name)?;
        if within.len() == DEEPEST
            || within.contains(name)
            || call.values.keys().any(|given| component.parameters.iter().all(|one| one.name != *given))
        {
            return None;
        }
        let mut taken = BTreeSet::new();
        let mut bindings = Bindings::default();
        for parameter in &component.parameters {
            let binding = match (call.values.get(parameter.name), parameter.default) {
                (Some(given), _) => given.clone(),
                (None, Some(default)) => Binding::read(default)?,
                (None, None) if parameter.implicit => {
                    taken.insert(parameter.name.to_owned());
                    Binding::Path(parameter.name.to_owned())
                }
                (None, None) => return None,
            };
            bindings.insert(parameter.name, binding);
        }
        within.push(name);
        let placed = Body::new(self, bindings).write(component.body, within, &mut taken);
        within.pop();
        needed.extend(placed.is_some().then_some(taken).into_iter().flatten());
        placed
    }
}

/// The tag that opens a component, with parameters for `needed`.
fn extended(tag: &str, needed: &BTreeSet<String>) -> String {
    let known: BTreeSet<&str> =
        statement(tag).and_then(signature).map(|(_, all)| all.iter().map(|one| one.name).collect()).unwrap_or_default();
    let Some(end) = tag.rfind(')') else { return tag.to_owned() };
    let mut out = tag[..end].to_owned();
    for name in needed.iter().filter(|name| !known.contains(name.as_str())) {
        out.push_str(if out.trim_end().ends_with('(') { "@" } else { ", @" });
        out.push_str(name);
    }
    out + &tag[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPONENTS: &str = "{% component mark(kind: string) %}<i>{% if kind == \"a\" %}A{% elif kind == \"b\" %}B{% else %}?{% endif %}</i>{% endcomponent mark %}\
        {% component named(item: map, more: string = \"\", @tree) %}<a class=\"x{{ more }}\" href=\"{{ tree }}{{ item.href }}\">{{ item.name }}</a>{% endcomponent named %}\
        {% component all(of: array) %}{% for item in of %}{{ <named item={item}/> }}{% endfor %}{% endcomponent all %}\
        {% component sets(of: map) %}{% set x = of %}{{ x.y }}{% endcomponent sets %}\
        {% component tight(of: map) %}\n{%- if of.a -%} a {%- endif %} b{% endcomponent tight %}\
        {% component deep(of: map) %}<b>{% if of.a %} {%- if of.b %} x{%- else %} y{% endif %}{% endif %}</b>{% endcomponent deep %}\
        {% component itself(of: map) %}{{ <itself of={of.next}/> }}{% endcomponent itself %}\
        {% component free(of: map) %}{{ stray }}{% endcomponent free %}\
        {% component sum(of: map) %}{{ of.a + 0.5 }}{{ of.list | join(sep=\", \") }}{{ of.b or \"–\" }}{% endcomponent sum %}";

    fn placed(template: &str) -> String {
        Components::find(std::iter::once(COMPONENTS)).place_in(template)
    }

    #[test]
    fn small_components_stand_in_the_place_of_their_calls() {
        for (call, expected) in [
            ("{{ <mark kind=\"b\"/> }}", "<i>B</i>"),
            ("{{ <mark kind=\"z\"/> }}", "<i>?</i>"),
            ("{{ <mark kind={x.kind}/> }}", "<i>{% if x.kind == \"a\" %}A{% elif x.kind == \"b\" %}B{% else %}?{% endif %}</i>"),
            ("{{ <named item={a.b}/> }}", "<a class=\"x\" href=\"{{ tree }}{{ a.b.href }}\">{{ a.b.name }}</a>"),
            ("{{ <named item={a} more=\" y\"/> }}", "<a class=\"x y\" href=\"{{ tree }}{{ a.href }}\">{{ a.name }}</a>"),
            (
                "{{ <all of={view.items}/> }}",
                "{% for item in view.items %}<a class=\"x\" href=\"{{ tree }}{{ item.href }}\">{{ item.name }}</a>{% endfor %}",
            ),
            ("{{ <deep of={p}/> }}", "<b>{% if p.a %}{% if p.b %} x{% else %} y{% endif %}{% endif %}</b>"),
            ("{{ <sum of={p}/> }}", "{{ p.a + 0.5 }}{{ p.list | join(sep=\", \") }}{{ p.b or \"–\" }}"),
        ] {
            assert_eq!(placed(call), expected, "{call}");
        }
    }

    #[test]
    fn what_is_not_understood_is_left_to_the_engine() {
        for call in [
            "{{ <sets of={x}/> }}",
            "{{ <tight of={x}/> }}",
            "{{ <free of={x}/> }}",
            "{{ <none of={x}/> }}",
            "{{ <mark kind={x ~ y}/> }}",
            "{{ <mark kind={f(x)}/> }}",
            "{{ <mark/> }}",
            "{{ <mark kind=\"a\" other=\"b\"/> }}",
            "{{ <named item=\"text\"/> }}",
            "{{ <all of={item.list}/> }}",
            "{{- <mark kind=\"a\"/> }}",
            "{{ x < y }}{{ \"<mark kind='a'/>\" }}",
            "{{ never ends",
        ] {
            assert_eq!(placed(call), call);
        }
        assert_eq!(placed("{{ <itself of={x}/> }}"), "{{ <itself of={x.next} /> }}", "once, and then it is called");
    }

    #[test]
    fn a_component_takes_from_its_caller_what_was_put_into_it() {
        let text = "{% component list(of: map) %}{{ <named item={of.a}/> }}{% endcomponent list %}{% component none() %}{{ <named item={of.a}/> }}{% endcomponent none %}{% component has(of: map, @tree) %}{{ <named item={of.a}/> }}{% endcomponent has %}";
        let placed = placed(text);
        for signature in
            ["{% component list(of: map, @tree) %}", "{% component none(@tree) %}", "{% component has(of: map, @tree) %}"]
        {
            assert!(placed.contains(signature), "{placed}");
        }
    }

    #[test]
    fn a_large_component_is_called() {
        let large = format!("{{% component large() %}}{}{{% endcomponent large %}}", "x".repeat(LARGEST + 1));
        let components = Components::find(std::iter::once(large.as_str()));
        assert_eq!(components.place_in("{{ <large/> }}"), "{{ <large/> }}");
    }
}
