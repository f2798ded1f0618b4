//! The packets of a file (RFC 9580, section 4), sorted into certificates: what stands where, without a look at what it says.
//!
//! Only what a public key is made of is let pass. Nothing is unpacked, and nothing is skipped because it cannot be read.

use super::{broken, broken_with, secret};
use crate::diagnostic::Problem;
use pgp::packet::PacketHeader;
use pgp::types::{PacketLength, Tag};

/// The most certificates in a file.
const MOST_CERTIFICATES: usize = 50;

/// The most user ids and subkeys of a certificate.
const MOST_COMPONENTS: usize = 500;

/// The longest user id, in octets; GnuPG reads no longer ones.
const LONGEST_USER_ID: usize = 2048;

/// How a key gets fewer or shorter user ids.
const FEWER: &str = "leave out what the team does not need: `gpg --armor --export-filter 'keep-uid=mbox = ADDRESS' --export FINGERPRINT` \
                     keeps the user ids with ADDRESS alone";

/// A packet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packet<'f> {
    pub header: PacketHeader,
    /// With its header.
    pub raw: &'f [u8],
    /// Without it.
    pub body: &'f [u8],
}

/// A user id, user attribute or subkey, with the signatures behind it.
#[derive(Debug)]
pub(super) struct Component<'f> {
    pub packet: Packet<'f>,
    pub signatures: Vec<Packet<'f>>,
}

/// The packets of a certificate (RFC 9580, section 10.1).
#[derive(Debug)]
pub(super) struct Parts<'f> {
    /// The primary key, with the signatures over it alone.
    pub primary: Component<'f>,
    /// User ids and user attributes.
    pub user_ids: Vec<Component<'f>>,
    pub subkeys: Vec<Component<'f>>,
}

/// The certificates of a file in binary, in its order; at least one.
pub(super) fn certificates(mut rest: &[u8]) -> Result<Vec<Parts<'_>>, Problem> {
    let mut found: Vec<Parts<'_>> = Vec::new();
    while !rest.is_empty() {
        let packet = next(&mut rest)?;
        match packet.header.tag() {
            Tag::PublicKey => {
                if found.len() == MOST_CERTIFICATES {
                    let why = format!("it holds more than {MOST_CERTIFICATES} keys");
                    return Err(broken_with(why, "leave only the team's own keys in it"));
                }
                let primary = Component { packet, signatures: Vec::new() };
                found.push(Parts { primary, user_ids: Vec::new(), subkeys: Vec::new() });
            }
            Tag::SecretKey | Tag::SecretSubkey => return Err(secret()),
            // Kept for old software, for keyrings, and for no one (RFC 9580, sections 5.8, 5.10 and 5.14), or unknown and
            // of no weight by their number (section 4.3).
            Tag::Marker | Tag::Trust | Tag::Padding | Tag::UnassignedNonCritical(_) | Tag::Experimental(_) => {}
            tag => add(found.last_mut(), tag, packet)?,
        }
    }
    if found.is_empty() { Err(broken("there is no OpenPGP key in this file")) } else { Ok(found) }
}

/// Puts a packet where it belongs.
fn add<'f>(parts: Option<&mut Parts<'f>>, tag: Tag, packet: Packet<'f>) -> Result<(), Problem> {
    match tag {
        Tag::Signature | Tag::UserId | Tag::UserAttribute | Tag::PublicSubkey => {}
        Tag::CompressedData => return Err(broken("it holds compressed data, which no public key does")),
        Tag::UnassignedCritical(_) | Tag::Invalid(_) => return Err(broken("it holds data of a kind that nobody knows")),
        _ => return Err(broken("this is an encrypted or signed message, not a public key")),
    }
    let Some(parts) = parts else {
        return Err(match tag {
            Tag::Signature if revokes_key(packet.body) => broken_with(
                "this is a revocation certificate, without the key that it revokes",
                "import it with `gpg --import`, then export the key anew and put that here (`gpg --armor --export FINGERPRINT`)",
            ),
            Tag::Signature => broken("this is a signature, not a public key"),
            _ => broken("it does not begin with a key"),
        });
    };
    if tag == Tag::Signature {
        let last = parts.subkeys.last_mut().or(parts.user_ids.last_mut());
        let of = last.filter(|_| !revokes_key(packet.body)).unwrap_or(&mut parts.primary);
        of.signatures.push(packet);
        return Ok(());
    }
    if parts.user_ids.len() + parts.subkeys.len() == MOST_COMPONENTS {
        return Err(broken_with(format!("a key in it has more than {MOST_COMPONENTS} user ids and subkeys"), FEWER));
    }
    let component = Component { packet, signatures: Vec::new() };
    match tag {
        Tag::PublicSubkey => parts.subkeys.push(component),
        Tag::UserId if packet.body.len() > LONGEST_USER_ID => {
            return Err(broken_with(format!("a user id in it has more than {LONGEST_USER_ID} octets"), FEWER));
        }
        _ => parts.user_ids.push(component),
    }
    Ok(())
}

/// Whether a signature revokes a primary key, by its type (RFC 9580, sections 5.2.1.11, 5.2.2 and 5.2.3). It is the key's
/// wherever it stands: a revocation certificate may follow the key that it revokes.
fn revokes_key(body: &[u8]) -> bool {
    const KEY_REVOCATION: u8 = 0x20;
    matches!(body, [2 | 3, _, KEY_REVOCATION, ..] | [4 | 6, KEY_REVOCATION, ..])
}

/// The next packet of a file; `rest` is what follows it.
fn next<'f>(rest: &mut &'f [u8]) -> Result<Packet<'f>, Problem> {
    let all = *rest;
    let header = PacketHeader::try_from_reader(&mut *rest).map_err(|_| broken("it is damaged, or was cut off"))?;
    let PacketLength::Fixed(length) = header.packet_length() else {
        // Those are for data whose end is not known when it begins (RFC 9580, section 4.2.1.4), which a key is not.
        return Err(broken("it holds data of unknown length, which no public key does"));
    };
    let body = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length));
    let Some((body, after)) = body else { return Err(broken("it is damaged, or was cut off")) };
    *rest = after;
    Ok(Packet { header, raw: &all[..all.len() - after.len()], body })
}

/// The body of a single packet, without its header.
pub(super) fn body(mut raw: &[u8]) -> Option<&[u8]> {
    next(&mut raw).ok().map(|packet| packet.body)
}

/// Whether a file that may be anything begins with a key packet, public or secret, by its header and the version of the
/// key (RFC 9580, section 5.5.2).
pub fn begins_key(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let tag = PacketHeader::try_from_reader(&mut rest).map(|header| header.tag());
    let is_key = tag.is_ok_and(|tag| matches!(tag, Tag::PublicKey | Tag::SecretKey | Tag::SecretSubkey));
    is_key && matches!(rest, [2..=6, ..])
}
