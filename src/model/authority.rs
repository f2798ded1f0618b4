//! Bodies that accredit or certify: what they are entitled to, and by whom they are accredited themselves.

use super::{AuthorityId, Country, Date, Line, Name, Text, Url, keywords};
use crate::diagnostic::Spanned;
use std::sync::Arc;

/// A body that accredits or certifies.
#[derive(Debug, Clone)]
pub struct Authority {
    /// The name of its file.
    pub id: AuthorityId,
    /// The file, as findings show it.
    pub file: Arc<str>,
    /// The short name.
    pub name: Name,
    /// The full name.
    pub official_name: Option<Line>,
    /// Its site.
    pub website: Option<Url>,
    /// The country of its seat.
    pub country: Option<Country>,
    /// What it is entitled to do, and when. Without any, nothing is known of that.
    pub entitlements: Vec<Entitlement>,
    /// By whom it is accredited itself.
    pub accreditations: Vec<Accreditation>,
    /// Markdown.
    pub description: Option<Text>,
}

keywords! {
    /// What a body may be entitled to do.
    pub enum EntitlementKind, "a kind of entitlement" {
        /// To say that a team or another body is what it says it is.
        Accreditation = "accreditation",
        /// To say that a team meets what a standard asks.
        Certification = "certification",
    }
}

/// What a body is entitled to do, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entitlement {
    /// To accredit, or to certify.
    pub kind: EntitlementKind,
    /// The scheme by which it does that.
    pub scheme: Option<Line>,
    /// The standards that the scheme rests on, as the field writes them: SIM3, ISO/IEC 27001, EA-7/03.
    pub standards: Vec<Line>,
    /// When.
    pub period: Period,
}

/// That a body is accredited by another.
#[derive(Debug, Clone)]
pub struct Accreditation {
    /// The other body.
    pub authority: Spanned<AuthorityId>,
    /// For which standards.
    pub standards: Vec<Line>,
    /// The number of the certificate.
    pub certificate: Option<Line>,
    /// When.
    pub period: Period,
}

/// A time whose beginning or end may not be known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day; without one, it began at a time that is not known.
    pub since: Option<Date>,
    /// The last day; without one, it goes on.
    pub until: Option<Date>,
}

impl Period {
    /// Whether `day` lies within it.
    pub fn holds_on(self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Authority {
    /// By which entitlement it may do what `kind` says on `day`.
    pub fn entitlement(&self, kind: EntitlementKind, day: Date) -> Option<&Entitlement> {
        self.entitlements.iter().find(|entitlement| entitlement.kind == kind && entitlement.period.holds_on(day))
    }

    /// Its accreditation that began last.
    pub fn newest_accreditation(&self) -> Option<&Accreditation> {
        self.accreditations.iter().max_by_key(|accreditation| accreditation.period.since)
    }
}
