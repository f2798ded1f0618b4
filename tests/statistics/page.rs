//! Tables and charts of a page, as a reader finds them.

use std::collections::BTreeMap;

/// What stands in the section whose heading has the id `id`; nothing where there is no such section.
fn section<'h>(html: &'h str, id: &str) -> &'h str {
    let heading = html.split_once(&format!("<h2 id={id}>")).or_else(|| html.split_once(&format!("<h2 id=\"{id}\">")));
    heading.map_or("", |(_, rest)| rest.split("</section>").next().unwrap())
}

/// The rows of the table in a section, head apart: each cell as text.
pub fn rows(html: &str, id: &str) -> Vec<Vec<String>> {
    let table = section(html, id).split_once("<tbody>").map_or("", |(_, rest)| rest.split("</table>").next().unwrap());
    let cells = |row: &str| -> Vec<String> {
        let cells = row.replace("<th", "<td");
        cells.split("<td").skip(1).map(|cell| plain(cell.split_once('>').unwrap().1)).collect()
    };
    table.split("<tr>").skip(1).map(cells).collect()
}

/// A text without its tags.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(if text.is_empty() { part } else { "" }, |(_, text)| text));
    }
    text.trim().to_owned()
}

/// A chart: what its parts say, and the texts in it.
pub struct Chart {
    words: BTreeMap<String, String>,
    bold: Vec<String>,
}

/// The chart that is labelled by `id`.
pub fn svg(html: &str, id: &str) -> Chart {
    let titles = [format!("<title id=\"{id}-t\">"), format!("<title id={id}-t>")];
    let rest = titles.iter().find_map(|title| html.split_once(title)).unwrap_or_else(|| panic!("there is no chart {id}")).1;
    let chart = rest.split("</svg>").next().unwrap();
    let inside = |start: &str, end: &str| -> Vec<String> {
        chart.split(start).skip(1).map(|part| plain(&format!("<x{}", part.split(end).next().unwrap()))).collect()
    };
    let words = inside("<title", "</title>");
    let split = |words: &String| {
        let at = words.find(", ").map_or_else(|| words.rfind(' ').unwrap() + 1, |at| at + 2);
        (words[..at].to_owned(), words[at..].to_owned())
    };
    let words: BTreeMap<String, String> = words.iter().map(split).collect();
    Chart { words, bold: inside("<text class=\"strong end\"", "</text>") }
}

impl Chart {
    /// Asserts that the part which says `what` says `value` of it; a part of nothing is not drawn.
    pub fn says(&self, what: &str, value: &str) {
        let found = self.words.get(what).map_or("0", String::as_str);
        assert_eq!(found, value, "{what}");
    }

    /// The means at the ends of its bars.
    pub fn means(&self) -> Vec<&str> {
        self.bold.iter().map(String::as_str).collect()
    }
}
