//! A body that accredits or certifies, as it is written.

use super::WrittenCountry;
use crate::diagnostic::Spanned;
use crate::model::{AuthorityId, Date, EntitlementKind, Line, Name, Text, Url};
use crate::yaml::record;

record! {
    /// A body that accredits or certifies. The name of the file is its id.
    pub(in super::super) struct RawAuthority as Authority, "an authority" {
        /// The short name, at most 100 characters.
        required name: Spanned<Name>,
        /// The full name.
        optional official_name: Spanned<Line>,
        /// Its site.
        optional website: Spanned<Url>,
        /// The country of its seat: an ISO 3166-1 code of two letters, or `EU` or `XK`.
        optional country: Spanned<WrittenCountry>,
        /// What it is entitled to do, and when. Where it states any, it accredits and certifies on these days alone.
        few entitlements: RawEntitlement,
        /// By whom it is accredited itself.
        few accreditations: RawAccreditation,
        /// About it, in Markdown.
        optional description: Spanned<Text>,
    }
}

record! {
    /// What a body is entitled to do, and when.
    pub(in super::super) struct RawEntitlement as Entitlement, "an entitlement" {
        /// To accredit, or to certify.
        required kind: Spanned<EntitlementKind>,
        /// The scheme by which it does that.
        optional scheme: Spanned<Line>,
        /// The standards that the scheme rests on: `SIM3`, `ISO/IEC 27001`, `EA-7/03`.
        few standards: Spanned<Line>,
        /// The first day, where it is known.
        optional since: Spanned<Date>,
        /// The last day, where there is one.
        optional until: Spanned<Date>,
    }
}

record! {
    /// That a body is accredited by another.
    pub(in super::super) struct RawAccreditation as Accreditation, "an accreditation" {
        /// The id of the body that accredited it: the name of its file in `content/authorities`.
        required authority: Spanned<AuthorityId>,
        /// The standards for which it is accredited: `ISO/IEC 17021-1`, `EA-7/03`.
        few standards: Spanned<Line>,
        /// The number of the certificate of accreditation.
        optional certificate: Spanned<Line>,
        /// The first day, where it is known.
        optional since: Spanned<Date>,
        /// The last day, where there is one.
        optional until: Spanned<Date>,
    }
}
