//! Several files in one message: a tar archive (POSIX.1-1988, "ustar"), for what opens messages knows it: `gpg --decrypt | tar -x`,
//! `gpgtar`, Kleopatra. It ends in zeros of any number, which make messages of one length of what is not equally long.

/// The least length of an archive, in bytes; it doubles for what does not fit.
const STEP: usize = 64 * 1024;

/// The length of a header, and of a block of content.
const BLOCK: usize = 512;

/// These files with the time `seconds` since 1970, as an archive whose length is one of few. Names are short and plain.
pub(super) fn archive(files: &[(&str, Vec<u8>)], seconds: i64) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in files {
        out.extend_from_slice(&header(name, content.len(), seconds));
        out.extend_from_slice(content);
        out.resize(out.len().next_multiple_of(BLOCK), 0);
    }
    // Two empty blocks end an archive, and whatever follows is passed over.
    let length = (out.len() + 2 * BLOCK).next_power_of_two().max(STEP);
    out.resize(length, 0);
    out
}

fn header(name: &str, length: usize, seconds: i64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &str| block[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000600");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{length:011o}"));
    put(136, &format!("{seconds:011o}"));
    // The checksum is made with blanks in its place.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}
