//! Names as they are compared.

use crate::model::sort_key;

/// The words of a text, folded: runs of letters and digits, without case and without accents.
pub fn words(text: &str) -> Vec<String> {
    let folded = sort_key(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The words of a text, folded, without anything between them: `certalpha` for `CERT-Alpha`.
pub fn joined(text: &str) -> String {
    words(text).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_people_would_type() {
        for (text, expected) in [
            ("CERT Alpha", "cert alpha"),
            ("Škoda-CERT (İzmir)", "skoda cert izmir"),
            ("CERT.at", "cert at"),
            ("ΣΑΣ", "σασ"),
            ("情報セキュリティ 2", "情報セキュリティ 2"),
            ("***", ""),
        ] {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
        assert_eq!(joined("CERT-Alpha"), "certalpha");
    }
}
