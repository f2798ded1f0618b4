//! Small components in the place of their calls, put there when a theme is loaded: the engine makes a scope of its own for
//! each call, which costs more than what most components do.
//!
//! A call is left alone where it is not certain that the same comes out: where a component sets variables, has a body or takes a
//! value that is neither a path (`row.status`) nor a text, a number or a truth; where a name in it is none of its parameters; where
//! a sign of a neighbour would take white space from it. Errors are told from templates as they were written. One thing is lost: the
//! engine holds the type of a value against that of its parameter, and nobody does where a path was put in its place.

use super::body::Body;
use super::code::{Binding, Bindings, Call, Word, words};
use crate::site::tags::{Part, expression, parts, statement, trims};
use std::collections::BTreeMap;

/// What a call may become, in bytes: a large component has little to gain, and is compiled anew in each place.
pub(super) const LARGEST: usize = 2_000;

/// What may be read of components for one call, in bytes: one may call others, which call others.
const BUDGET: usize = 16 * LARGEST;

/// How much larger a template may get: so many times, and so many bytes.
const GROWTH: (usize, usize) = (4, 256 * 1024);

/// The components of a theme.
#[derive(Default)]
pub(super) struct Components<'t> {
    by_name: BTreeMap<&'t str, Component<'t>>,
}

struct Component<'t> {
    parameters: Vec<Parameter<'t>>,
    body: &'t str,
}

struct Parameter<'t> {
    name: &'t str,
    kind: Option<&'t str>,
    /// Whether it is taken from where the component is called.
    implicit: bool,
    default: Option<&'t str>,
}

/// What it takes to put one call in place.
pub(super) struct Work<'t> {
    /// The components that are being put in place.
    within: Vec<&'t str>,
    /// What is left of [`BUDGET`].
    budget: usize,
}

/// Reads `component name(a: map, b: string = "", @c)`.
fn signature(code: &str) -> Option<(&str, Vec<Parameter<'_>>)> {
    let (name, rest) = code.strip_prefix("component")?.split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    let mut parameters = Vec::new();
    // A default with a comma in it falls into pieces that nobody takes for a parameter or a value.
    for text in inside.split(',').map(str::trim).filter(|text| !text.is_empty()) {
        let (text, default) = text.split_once('=').map_or((text, None), |(text, default)| (text, Some(default.trim())));
        let (name, kind) = text.split_once(':').map_or((text, None), |(name, kind)| (name, Some(kind.trim())));
        let name = name.trim();
        let (name, implicit) = name.strip_prefix('@').map_or((name, false), |name| (name, true));
        matches!(words(name).as_slice(), [Word::Name(_)]).then_some(())?;
        parameters.push(Parameter { name, kind, implicit, default });
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
            let code = statement(tag).filter(|_| trims(tag) == [false; 2]).unwrap_or_default();
            if code.starts_with("component") {
                open = signature(code).map(|(name, parameters)| (name, parameters, at));
            } else if code.starts_with("endcomponent")
                && let Some((name, parameters, from)) = open.take()
            {
                self.by_name.insert(name, Component { parameters, body: &text[from..begin] });
            }
        }
    }

    /// A template with what can be put in place. Within a component a name that is taken from the caller has to be one of its
    /// own parameters: what else its caller knows, the engine alone finds.
    pub(super) fn place_in(&self, text: &str) -> String {
        let all: Vec<Part<'_>> = parts(text).collect();
        let most = GROWTH.0 * text.len() + GROWTH.1;
        let mut out = String::with_capacity(text.len() * 2);
        let mut known: Option<Vec<&str>> = None;
        for (at, part) in all.iter().enumerate() {
            let tag = match part {
                Part::Markup(markup) => {
                    out.push_str(markup);
                    continue;
                }
                Part::Tag(tag) => tag,
            };
            let code = statement(tag).unwrap_or_default();
            if code.starts_with("component") {
                known = Some(signature(code).map_or_else(Vec::new, |(_, all)| all.iter().map(|one| one.name).collect()));
            } else if code.starts_with("endcomponent") {
                known = None;
            }
            let outside = |name: &str| {
                let is_known = known.as_ref().is_none_or(|known| known.contains(&name));
                is_known.then(|| Binding::Path(name.to_owned()))
            };
            let call = expression(tag).filter(|_| trims(tag) == [false; 2] && out.len() < most).and_then(Call::read);
            let placed = call
                .and_then(|call| self.place(&call, &outside, &mut Work { within: Vec::new(), budget: BUDGET }))
                .filter(|placed| !is_trimmed(placed, &all, at));
            out.push_str(placed.as_deref().unwrap_or(tag));
        }
        out
    }

    /// Whether a component takes something from its caller; `None` where there is none of this name.
    pub(super) fn takes_from_its_caller(&self, name: &str) -> Option<bool> {
        Some(self.by_name.get(name)?.parameters.iter().any(|parameter| parameter.implicit))
    }

    /// What a call becomes. `outside` says what stands for a name that a component takes from its caller.
    pub(super) fn place(
        &self,
        call: &Call<'_>,
        outside: &dyn Fn(&str) -> Option<Binding>,
        work: &mut Work<'t>,
    ) -> Option<String> {
        let (name, component) = self.by_name.get_key_value(call.name)?;
        let is_parameter = |given: &&str| component.parameters.iter().any(|parameter| parameter.name == *given);
        if work.within.contains(name) || !call.values.keys().all(is_parameter) {
            return None;
        }
        work.budget = work.budget.checked_sub(component.body.len())?;
        let mut bindings = Bindings::default();
        for parameter in &component.parameters {
            let binding = match (call.values.get(parameter.name), parameter.default) {
                (Some(given), _) => given.clone(),
                // Where the caller has it, it would count in place of the default.
                (None, Some(_)) if parameter.implicit => return None,
                (None, Some(default)) => Binding::read(&words(default))?,
                (None, None) if parameter.implicit => outside(parameter.name)?,
                (None, None) => return None,
            };
            parameter.kind.is_none_or(|kind| binding.fits(kind)).then_some(())?;
            bindings.insert(parameter.name, binding);
        }
        work.within.push(name);
        let placed = Body::new(self, bindings, outside).write(component.body, work);
        work.within.pop();
        placed
    }
}

/// Whether a sign of a neighbour would take away white space with which `placed`, the part `at`, begins or ends.
fn is_trimmed(placed: &str, all: &[Part<'_>], at: usize) -> bool {
    let is_blank = |part: &&Part<'_>| matches!(part, Part::Markup(markup) if markup.trim().is_empty());
    let before = all[..at].iter().rev().find(|part| !is_blank(part));
    let behind = all[at + 1..].iter().find(|part| !is_blank(part));
    let takes = |part: Option<&Part<'_>>, side: usize| matches!(part, Some(Part::Tag(tag)) if trims(tag)[side]);
    let (begins, ends) = (placed.trim_start().len() < placed.len(), placed.trim_end().len() < placed.len());
    (begins && takes(before, 1)) || (ends && takes(behind, 0))
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
        assert_eq!(placed("{{ <itself of={x}/> }}"), "{{ <itself of={x.next}/> }}", "once, and then it is called");
    }

    #[test]
    fn a_component_takes_only_what_it_has_from_its_caller() {
        let call = "{{ <named item={of.a}/> }}";
        let list = format!("{{% component list(of: map) %}}{call}{{% endcomponent list %}}");
        assert_eq!(placed(&list), list, "`tree` is known to the engine alone");
        let has = format!("{{% component has(of: map, @tree) %}}{call}{{% endcomponent has %}}");
        assert!(placed(&has).contains("href=\"{{ tree }}{{ of.a.href }}\""), "{}", placed(&has));
    }

    #[test]
    fn a_large_component_is_called() {
        let large = format!("{{% component large() %}}{}{{% endcomponent large %}}", "x".repeat(LARGEST + 1));
        let components = Components::find(std::iter::once(large.as_str()));
        assert_eq!(components.place_in("{{ <large/> }}"), "{{ <large/> }}");
    }
}
