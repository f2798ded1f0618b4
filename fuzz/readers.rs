//! The readers of what strangers send, and what stands below them in the house. The rest of the crate would take minutes to
//! compile with coverage, and no input of a fuzz target reaches it.

#![allow(dead_code, unused_imports, unused_macros, reason = "what uses it was left out")]

/// The modules as they stand in `src`; a folder of its own lets them find those below them.
#[path = "../src"]
mod house {
    pub mod assess;
    pub mod config;
    pub mod diagnostic;
    pub mod import;
    pub mod load;
    pub mod lookup {
        //! What of lookup reads a query.
        mod host;
        mod paste;
        pub mod query;
        mod refusal;
    }
    pub mod model;
    pub mod openpgp;
    pub mod site {
        //! What of the site reads what a stranger wrote.
        pub mod markdown;
    }
    pub mod smime;
    pub mod yaml;
}

pub use house::*;

/// Fails where one of the findings in `file`, whose text this is, has no place in it, says nothing, or could mislead a terminal.
pub fn hold(findings: &[diagnostic::Finding], file: &str, text: &str) {
    // A line more than there are breaks, and that behind the last.
    let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count() + 1;
    for finding in findings {
        assert_eq!(&*finding.place.file, file);
        assert!(finding.place.span.start.line as usize <= lines, "{finding:?} of {lines} lines");
        assert!(!finding.message.is_empty());
    }
    // What is told of some is told of all.
    let some = &findings[..findings.len().min(20)];
    let mut people = diagnostic::Human::new(false, |_| Some(text.to_owned()));
    let shown: String = some.iter().map(|finding| people.show(finding)).chain([diagnostic::to_short(some)]).collect();
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let odd = shown.chars().find(|&c| c != '\n' && (c.is_control() || turns(c)));
    assert_eq!(odd, None, "{shown}");
}
