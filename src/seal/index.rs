//! The index beside the messages: for which keys each was made, so that it is known when that no longer holds.

use super::message::Sealed;
use crate::diagnostic::hex;
use crate::model::Date;
use rand::RngCore;
use rand::rngs::OsRng;
use std::fmt::Write;

/// The index of these messages, which were sealed as of `today`. Of hidden recipients it has nothing but a salted checksum.
pub fn index_text(sealed: &[Sealed<'_>], hidden: bool, today: Date) -> String {
    let mut text = format!(
        "# Made by `peerage seal`, and replaced as a whole when it is run again. It says for whom the messages beside it are; what\n\
         # is in them nobody can read without a key of those.\nsealed: {today}\nmessages:\n"
    );
    for message in sealed {
        add(message, hidden, &mut text);
    }
    text
}

fn add(message: &Sealed<'_>, hidden: bool, text: &mut String) {
    // To write into a text does not fail.
    write!(text, "  - audience: {}\n    sha256: {}\n", message.level, message.sha256).ok();
    if hidden {
        let mut salt = [0; 32];
        OsRng.fill_bytes(&mut salt);
        let salt = hex(&salt);
        let digest = message.audience.digest(&salt);
        write!(text, "    hidden:\n      salt: {salt}\n      digest: {digest}\n").ok();
        return;
    }
    text.push_str("    recipients:\n");
    for key in message.audience.keys() {
        let parts: Vec<String> = key.encrypted_to.iter().map(|part| format!("\"{part}\"")).collect();
        let parts = parts.join(", ");
        writeln!(text, "      - {{team: {}, key: \"{}\", encrypted_to: [{parts}]}}", key.team, key.key).ok();
    }
}
