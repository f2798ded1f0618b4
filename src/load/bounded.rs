//! Reading no more than is wanted: whatever is read may have been put there by a stranger, and grow while it is.

use std::io::{self, Read};

/// All bytes of `from`; nothing where there are more than `most`.
///
/// # Errors
/// Where it cannot be read.
pub fn read_up_to(from: impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_larger_is_not_read() {
        let read = |most| read_up_to(&b"abc"[..], most).unwrap();
        assert_eq!(read(3).as_deref(), Some(&b"abc"[..]));
        assert_eq!(read(2), None);
        assert_eq!(read_up_to(io::repeat(1), 1000).unwrap(), None);
        assert_eq!(read(u64::MAX).map(|bytes| bytes.len()), Some(3));
    }
}
