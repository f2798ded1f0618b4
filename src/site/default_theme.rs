//! The default theme, as part of the program. Its files are in `themes/default`; this is only their list.

macro_rules! files {
    ($($path:literal,)+) => {
        /// Every file: its path within the theme, and its bytes.
        pub(super) const FILES: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/", $path))),)+];
    };
}

files! {
    "assets/ask.js",
    "assets/card.png",
    "assets/charts.css",
    "assets/dates.js",
    "assets/home.css",
    "assets/icon.svg",
    "assets/lists.css",
    "assets/lookup.css",
    "assets/lookup.js",
    "assets/shards.js",
    "assets/style.css",
    "assets/team.js",
    "assets/teams.js",
    "templates/404-bare.html",
    "templates/404.html",
    "templates/association.html",
    "templates/associations.html",
    "templates/authorities.html",
    "templates/authority.html",
    "templates/badge.svg",
    "templates/charts.html",
    "templates/components.html",
    "templates/contact.html",
    "templates/contacts.html",
    "templates/countries.html",
    "templates/country.html",
    "templates/data.html",
    "templates/dates.html",
    "templates/event.html",
    "templates/events.html",
    "templates/expiring.html",
    "templates/index.html",
    "templates/key.html",
    "templates/keys.html",
    "templates/layout.html",
    "templates/level.html",
    "templates/lookup.html",
    "templates/methodology.html",
    "templates/page.html",
    "templates/sealed.html",
    "templates/search.html",
    "templates/series.html",
    "templates/shapes.html",
    "templates/statistics.html",
    "templates/team.html",
    "templates/teams.html",
    "templates/tools.html",
    "templates/type.html",
    "templates/types.html",
    "texts/de.yaml",
    "texts/en.yaml",
    "texts/es.yaml",
    "texts/fr.yaml",
}

#[cfg(test)]
mod tests {
    use super::*;
    use walkdir::WalkDir;

    #[test]
    fn the_list_is_the_folder() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");
        let found: Vec<String> = WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .map(Result::unwrap)
            // A text about the theme lies beside its folders.
            .filter(|entry| entry.file_type().is_file() && entry.depth() > 1)
            .map(|entry| entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"))
            .collect();
        let listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, listed);
    }
}
