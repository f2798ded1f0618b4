//! Bodies that accredit or certify.

use super::{AuthorityId, Country, Line, Name, Text, Url};

/// A body that accredits or certifies.
#[derive(Debug, Clone)]
pub struct Authority {
    /// The name of its file.
    pub id: AuthorityId,
    /// The short name.
    pub name: Name,
    /// The full name.
    pub official_name: Option<Line>,
    /// Its site.
    pub website: Option<Url>,
    /// The country of its seat.
    pub country: Option<Country>,
    /// Markdown.
    pub description: Option<Text>,
}
