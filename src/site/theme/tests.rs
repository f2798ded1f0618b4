//! Themes of projects, and components in the place of their calls: what the engine makes of both is held against each other.

use super::*;
use std::fs;

#[derive(Serialize)]
struct View {
    name: &'static str,
}

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn load(project: &tempfile::TempDir, name: &str) -> Result<Theme, ThemeError> {
    Theme::load(project.path(), name, Language::English, &[], |_| BTreeMap::from([("site", "S")]))
}

fn render(theme: &Theme, template: &str) -> Result<String, String> {
    let mut out = Vec::new();
    theme.main().render(template, &View { name: "<b>\"&" }, &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn a_project_replaces_file_by_file() {
    let project = project(&[
        ("themes/mine/templates/own.html", "<p title=\"{{ name }}\">{{ name }} {{ site }}</p>"),
        ("themes/mine/assets/style.css", "x"),
        ("themes/mine/README.md", "about it"),
        ("themes/mine/.git/config", "x"),
    ]);
    let theme = load(&project, "mine").unwrap();
    let escaped = "&lt;b&gt;&quot;&amp;";
    assert_eq!(render(&theme, "own.html"), Ok(format!("<p title=\"{escaped}\">{escaped} S")));
    let assets: BTreeMap<_, _> = theme.assets().map(|(name, path, bytes)| (name, (path.as_str(), bytes))).collect();
    assert_eq!(assets["style.css"], ("assets/style.2d711642.css", b"x".as_slice()));
    assert!(assets.contains_key("icon.svg"));
    assert!(theme.main.sources.contains_key("layout.html"));
}

#[test]
fn an_unknown_theme_is_an_error() {
    assert!(matches!(load(&project(&[]), "mine"), Err(ThemeError::Unknown(name)) if name == "mine"));
    assert!(load(&project(&[]), "default").is_ok());
}

#[test]
fn mistakes_are_reported_where_they_were_written() {
    let project = project(&[("themes/mine/templates/own.html", "<p>\n  x</p>\n<p>\n  {{ nothing }}</p>")]);
    let report = render(&load(&project, "mine").unwrap(), "own.html").unwrap_err();
    assert!(report.starts_with("template own.html, line 4, column 6: "), "{report}");
    fs::write(project.path().join("themes/mine/templates/own.html"), "<p>\n\n {% if %}").unwrap();
    let report = load(&project, "mine").err().map(|error| error.to_string()).unwrap();
    assert!(report.contains("own.html, line 3, column "), "{report}");
}

#[test]
fn an_asset_that_is_not_there_is_reported_where_it_was_asked_for() {
    let project = project(&[
        ("themes/mine/templates/own.html", "<p>\n</p> {{ asset(name='style.css') }}"),
        ("themes/mine/templates/wrong.html", "<p>\n</p> {{ asset(name='styl.css') }}"),
        ("themes/mine/assets/style.css", "x"),
    ]);
    let theme = load(&project, "mine").unwrap();
    assert_eq!(render(&theme, "own.html"), Ok("<p></p> assets/style.2d711642.css".to_owned()));
    let report = render(&theme, "wrong.html").unwrap_err();
    assert!(report.starts_with("template wrong.html, line 2, column 9: "), "{report}");
    assert!(report.contains("the theme has no asset `styl.css`; did you mean `style.css`?"), "{report}");
    fs::write(project.path().join("themes/mine/assets/style.css"), "a { b: url(c.png) }").unwrap();
    let report = load(&project, "mine").err().map(|error| error.to_string()).unwrap();
    assert!(report.starts_with("style sheet assets/style.css, line 1, column 8: "), "{report}");
}

#[test]
fn mistakes_behind_a_text_are_reported_where_they_were_written() {
    let text = "<p>\n [[own.day day={nothing}]] {{ nothing }}</p>";
    let project = project(&[("themes/mine/templates/own.html", text)]);
    let own = |path: &str, text: &str| fs::write(project.path().join("themes/mine").join(path), text).unwrap();
    let failed = || load(&project, "mine").err().map(|error| error.to_string()).unwrap();
    assert!(failed().starts_with("template own.html, line 2, column 2: there is no text `own.day` in texts/en.yaml\n"));
    fs::create_dir(project.path().join("themes/mine/texts")).unwrap();
    own("texts/en.yaml", "own:\n  day: On the day that is called {day}");
    let report = render(&load(&project, "mine").unwrap(), "own.html").unwrap_err();
    assert!(report.starts_with("template own.html, line 2, column 17: "), "{report}");
    own("templates/own.html", &text.replace("{nothing}", "{name}"));
    let report = render(&load(&project, "mine").unwrap(), "own.html").unwrap_err();
    assert!(report.starts_with("template own.html, line 2, column 28: "), "{report}");
    own("texts/de.yaml", "own: [a]");
    assert!(load(&project, "mine").is_ok(), "no page is in German");
    own("texts/en.yaml", "own:\n  day: <script>");
    let report = failed();
    assert!(report.contains("themes/mine/texts/en.yaml, line 2, column 8: "), "{report}");
    own("texts/xx.yaml", "");
    assert!(matches!(load(&project, "mine"), Err(ThemeError::File(..))));
}

#[test]
fn a_theme_holds_files_that_are_safe() {
    for file in ["themes/mine/template/a.html", "themes/mine/assets/a b.css"] {
        assert!(matches!(load(&project(&[(file, "")]), "mine"), Err(ThemeError::File(..))), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let project = project(&[("themes/mine/assets/a.css", "")]);
    let linked = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(project.path().join("themes"), linked.path().join("themes")).unwrap();
    assert!(matches!(load(&linked, "mine"), Err(ThemeError::File(..))));
    std::os::unix::fs::symlink("/etc/passwd", project.path().join("themes/mine/assets/b.css")).unwrap();
    assert!(matches!(load(&project, "mine"), Err(ThemeError::File(..))));
    std::os::unix::fs::symlink(project.path().join("themes/mine"), project.path().join("themes/other")).unwrap();
    assert!(matches!(load(&project, "other"), Err(ThemeError::File(..))));
}

/// The components that the cases call.
const COMPONENTS: &str = "{% component c(x: string) %}<i>{{ x }}</i>{% endcomponent c %}\
    {% component blank(x) %} <i>{{ x }}</i> {% endcomponent blank %}\
    {% component each(of, n) %}{% for i in of %}{{ n }}{{ i }} {% endfor %}{% endcomponent each %}\
    {% component default(x, @tree = \"DEF\") %}{{ tree }}{{ x }}{% endcomponent default %}\
    {% component inner(x, @tree) %}{{ tree }}{{ x }}{% endcomponent inner %}\
    {% component outer(tree, x) %}<b>{{ <inner x={x}/> }}</b>{% endcomponent outer %}\
    {% component keeps(x, @tree) %}{% set y = x %}{{ tree }}{{ y }}{% endcomponent keeps %}\
    {% component calls(tree, x) %}<u>{{ <keeps x={x}/> }}</u>{% endcomponent calls %}\
    {% component without(x) %}<u>{{ <inner x={x}/> }}</u>{% endcomponent without %}\
    {% component tight(x) %}a{{ x }}{%- if x %}q{% endif %} {#- c -#} {{ x }}{% endcomponent tight %}\
    {% component quotes(x) %}{{ \"\\\"\" ~ x ~ \"\\\"}}\" }}{% endcomponent quotes %}\
    {% component after(of) %}{% for i in of %}{{ i }}{% endfor %}{{ i }}{% endcomponent after %}\
    {% component same(i) %}{% for i in i %}{{ i }}{% endfor %}{% endcomponent same %}\
    {% component sums(n) %}{{ n // 2 }} {{ n ** 2 }} {{ n + 0.5 }}{% endcomponent sums %}\
    {% component field(x) %}{{ x?.a or \"none\" }}{% endcomponent field %}\
    {% component spread(of) %}{% for i in [...of, 1] %}{{ i }}{% endfor %}{% endcomponent spread %}\
    {% component short(x) %}{{ <c x/> }}{% endcomponent short %}\
    {% component typed(x: integer) %}{{ x }}{% endcomponent typed %}\
    {% component test(string) %}{% if string is not string %}n{% else %}{{ string }}{% endif %}{% endcomponent test %}\
    {% component chosen(x) %}{% if x == \"a\" -%} A {% elif x == \"b\" %} B {%- else %} {{ x }} {%- endif %}.{% endcomponent chosen %}";

#[test]
fn what_is_put_in_place_renders_as_the_engine_renders_it() {
    for template in [
        "{{ <c x=\"a\"/> }}{{ <c x={row.b}/> }}{{ <c x='<&>'/> }}",
        "{{ <c x=\"\\\"\"/> }}",
        "{% if a -%}{{ <blank x=\"a\"/> }}{%- endif %}",
        "{{ a -}} {{ <blank x={a}/> }} {{- a }}",
        "a {{ <blank x={a}/> }} b",
        "{% for r in rows %}{{ <each of={row.list} n={loop.index}/> }}{% endfor %}",
        "{{ <each of={row.list} n={a}/> }}{{ <each of={row.list} n=\"2\"/> }}",
        "{% for i in rows %}{{ <each of={i.list} n={a}/> }}{% endfor %}",
        "{{ <default x=\"1\"/> }}{{ <default x=\"1\" tree=\"2\"/> }}",
        "{{ <inner x=\"1\"/> }}{{ <outer tree={row.b} x=\"1\"/> }}{{ <calls tree={row.b} x=\"1\"/> }}{{ <without x=\"1\"/> }}",
        "{{ <tight x=\"1 \"/> }}{{ <tight x={a}/> }}",
        "{{ <quotes x={a}/> }}{{ \"\\\"}} {{ <c x='1'/> }}\" }}",
        "{% set i = a %}{{ <after of={row.list}/> }}",
        "{{ <same i={row.list}/> }}",
        "{{ <sums n={n}/> }}{{ <sums n=3/> }}{{ <sums n={3}/> }}",
        "{{ <field x={row}/> }}{{ <field x=\"t\"/> }}",
        "{{ <spread of={row.list}/> }}",
        "{{ <short x={a}/> }}",
        "{{ <typed x=\"t\"/> }}",
        "{{ <test string={a}/> }}",
        "{% raw %}{{ <c x=\"a\"/> }}{% endraw %}",
        "{{ <chosen x=\"a\"/> }}{{ <chosen x=\"b\"/> }}{{ <chosen x=\"c\"/> }}{{ <chosen x={a}/> }}",
        "{{ <missing x={a}/> }}",
        "{{ <c y={a}/> }}",
    ] {
        let sources = BTreeMap::from([("c.svg", COMPONENTS), ("t.svg", template)]);
        let components = Components::find(sources.values().copied());
        let globals = Context::from_serialize(&BTreeMap::from([("tree", "TREE/")])).unwrap();
        let view = serde_json::json!({"a": "A", "n": 5, "row": {"a": "fa", "b": "B", "list": ["p", "q"]}, "rows": [{"list": [1]}, {"list": [2, 3]}]});
        let render = |components: &Components<'_>| {
            let placed = sources.iter().map(|(name, text)| (*name, components.place_in(text)));
            let engine = compile(placed, &globals, &Arc::new(Assets::new(BTreeMap::new()).unwrap())).ok()?;
            engine.render("t.svg", &Context::from_serialize(&view).unwrap()).ok()
        };
        assert_eq!(render(&components), render(&Components::default()), "{template}\n{}", components.place_in(template));
    }
}

#[test]
fn components_that_call_many_others_take_no_longer_for_it() {
    let mut text = String::from("{% component c0(x) %}{% if x == \"z\" %}q{% endif %}{% endcomponent c0 %}");
    for level in 1..12 {
        let calls = format!("{{{{ <c{} x={{x}}/> }}}}", level - 1).repeat(30);
        text += &format!("{{% component c{level}(x) %}}{calls}{{% endcomponent c{level} %}}");
    }
    let components = Components::find(std::iter::once(text.as_str()));
    // With a look into each call of each call this would not end: 30 to the power of 11.
    let calls = "{{ <c11 x=\"a\"/> }}".repeat(20);
    assert!(components.place_in(&calls).len() <= 2_000 * 20);
    let one = "{{ <c0 x={a}/> }}".repeat(100_000);
    assert!(components.place_in(&one).len() < 8 * one.len(), "a template may not grow without bound");
}
