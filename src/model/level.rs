//! Levels and states.

use super::keywords;

keywords! {
    /// How far a team is vouched for, from the lowest to the highest. A certified team is accredited by definition, and
    /// a certification candidate still counts as accredited (TI process pages).
    pub enum Level, "a level" {
        /// Known and vouched for by two teams.
        Listed = "listed",
        /// On the way to accreditation.
        AccreditationCandidate = "accreditation-candidate",
        /// Data complete, verified, and confirmed regularly.
        Accredited = "accredited",
        /// Accredited, and on the way to certification.
        CertificationCandidate = "certification-candidate",
        /// Assessed against SIM3 with set minimums, for a limited time.
        Certified = "certified",
    }
}

keywords! {
    /// What may happen to a team whatever its level. Not a level.
    pub enum State, "a state" {
        /// The level does not count for now.
        Suspended = "suspended",
        /// The team has left or has ended; its page and its id stay.
        Withdrawn = "withdrawn",
    }
}

impl Level {
    /// The level in words, as a heading has it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Listed => "Listed",
            Self::AccreditationCandidate => "Accreditation candidate",
            Self::Accredited => "Accredited",
            Self::CertificationCandidate => "Certification candidate",
            Self::Certified => "Certified",
        }
    }

    /// The level as the least that is asked of a team: `accredited or above`; of the highest, that alone.
    pub fn or_above(self) -> String {
        if self == Self::Certified { self.to_string() } else { format!("{self} or above") }
    }

    /// What a team at this level holds for certain: of a candidate, the level below the one that it is a candidate for.
    #[must_use]
    pub const fn held(self) -> Self {
        match self {
            Self::AccreditationCandidate => Self::Listed,
            Self::CertificationCandidate => Self::Accredited,
            level => level,
        }
    }

    /// Whether a team at this level is accredited, by name or by definition.
    pub fn is_accredited(self) -> bool {
        self >= Self::Accredited
    }
}

impl State {
    /// The state in words, as a heading has it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Suspended => "Suspended",
            Self::Withdrawn => "Withdrawn",
        }
    }
}
