//! What a change is, how much it matters, and what whoever reviews it does about it: one table, and nothing else decides.

use crate::model::keywords;

keywords! {
    /// How much a change matters, the gravest first.
    pub enum Risk, "a risk" {
        /// Who is trusted, or reached, may become somebody else. Ask before you merge.
        High = "high",
        /// It may be as it should, and is easily looked up.
        Check = "check",
        /// It changes no trust.
        Low = "low",
    }
}

impl Risk {
    /// A sign that differs in its shape, not in its colour alone.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::High => "▲",
            Self::Check => "◆",
            Self::Low => "○",
        }
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $risk:ident $variant:ident = $id:literal, $title:literal, $reason:literal;)+) => {
        /// What a change is. The order is that in which they are told, within one risk.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[doc = $doc])+ $variant,)+ }

        impl Kind {
            /// All kinds, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name by which programs know it. Never changes.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// What it is, in words.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)+ }
            }

            /// How much it matters.
            pub const fn risk(self) -> Risk {
                match self { $(Self::$variant => Risk::$risk,)+ }
            }

            /// Why, or what to do about it: what a reviewer reads. Empty where there is nothing to do.
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$variant => $reason,)+ }
            }
        }
    };
}

impl Kind {
    /// Whether the title says only that something is another, so that it has to be told whether it came or went.
    pub fn is_of_a_value(self) -> bool {
        self == Self::Other || self.id().ends_with("-changed")
    }
}

kinds! {
    /// A file cannot be read, so that nobody can tell what it changes.
    High Unreadable = "unreadable", "Cannot be read", "Do not merge before it can: what it changes is not known";
    /// The id was another team's.
    High IdReused = "id-reused", "Id of another team", "An id is for ever: links and files of others mean the old team by it";
    /// A team is gone.
    High TeamRemoved = "team-removed", "Team removed", "A team that leaves is entered as withdrawn and keeps its page: ask it over a channel you already know";
    /// A team has another id now.
    High TeamRenamed = "team-renamed", "Team under another id", "An id is for ever: ask why it changes, and compare what else does";
    /// The history says something else of the past.
    High HistoryRewritten = "history-rewritten", "History rewritten", "The past does not change: ask the body that decided for its record";
    /// The level is higher.
    High LevelRaised = "level-raised", "Level raised", "Ask the body that grants it, over a channel you already know";
    /// A level is announced that is higher.
    High LevelAnnounced = "level-announced", "Higher level announced", "Ask the body that grants it, over a channel you already know";
    /// A suspension or withdrawal counts no longer.
    High StateLifted = "state-lifted", "Suspension or withdrawal lifted", "Ask the body that decided, over a channel you already know";
    /// A certification holds longer.
    High CertificateExtended = "certificate-extended", "Certification extended", "Ask the body that certifies: a new term is a new entry of the history";
    /// There is a certification that was not there.
    High CertificateAdded = "certificate-added", "Certification brought in", "Ask the body that certifies for the certificate";
    /// One key has taken the place of another.
    High KeyReplaced = "key-replaced", "Key replaced", "Ask the team over a channel you already know, and compare the whole fingerprint";
    /// There is a key that was not there.
    High KeyAdded = "key-added", "Key added", "Ask the team over a channel you already know, and compare the whole fingerprint";
    /// Mail goes to another domain.
    High MailDomainChanged = "mail-domain-changed", "Mail domain changed", "Ask the team over a channel you already know, not at the new address";
    /// The team's site, or its RFC 2350 document, is on another host.
    High HostChanged = "host-changed", "Host changed", "Ask the team over a channel you already know: whoever owns the host speaks for the team";
    /// Whom one calls at night is another number.
    High EmergencyChanged = "emergency-changed", "Emergency number changed", "Call the number that you already know, and ask";
    /// Others may change the entry from now on.
    High EditorsChanged = "editors-changed", "Editors changed", "Ask over a channel you already know: these people may change what is written here";
    /// It claims what another team claims.
    High ClaimOfAnother = "claim-of-another", "Claims what another team claims", "Ask the other team: who looks this up will find both";
    /// A key is no longer revoked.
    High RevocationGone = "revocation-gone", "Revocation gone", "A revocation cannot be taken back: put the file back that has it, and ask the team over a channel you already know";
    /// It is called like another team, or has an address or a key of it.
    High LikeAnother = "like-another", "Looks like another team", "Ask the other team over a channel you already know: somebody may pass for it";
    /// A link says that it leads elsewhere than it does.
    High LinkMisleads = "link-misleads", "Link that misleads", "It says one address and leads to another: do not merge it before you know why";
    /// By other rules levels follow from the same dates.
    High PolicyChanged = "policy-changed", "Policy changed", "Levels and flags of all teams follow from it: agree on it with whoever issues them";
    /// Somebody else issues the levels.
    High IssuerChanged = "issuer-changed", "Issuer of the levels changed", "Ask whoever issued them until now";
    /// For other programs a level has another name.
    High ClassificationChanged = "classification-changed", "Name of a level in TI's JSON changed", "Programs know a level by it alone: see that no level passes for another";
    /// Figures that were published are other ones.
    High EditionRewritten = "edition-rewritten", "Published figures rewritten", "An edition is made by a command and never changed: ask who did, and why";
    /// What is sealed for the teams of a level is something else, or for others.
    High SealedChanged = "sealed-changed", "Sealed message changed", "Nobody sees what is in it: see that whoever keeps the private tree sealed it";
    /// The level is lower.
    Check LevelLowered = "level-lowered", "Level lowered", "Ask whether the team knows";
    /// A suspension or withdrawal is new.
    Check StateSet = "state-set", "Suspended or withdrawn", "Ask whether the body that decides such things did";
    /// A certification ends sooner.
    Check CertificateShortened = "certificate-shortened", "Certification shortened", "Compare it with the certificate";
    /// The history goes on.
    Check HistoryAdded = "history-added", "History continued", "Compare it with the announcement";
    /// A key is gone.
    Check KeyRemoved = "key-removed", "Key removed", "Ask whether the team still reads what is encrypted to it";
    /// A key says something else of itself.
    Check KeyChanged = "key-changed", "Key says something else", "A key speaks for itself; see that messages can still be encrypted to it";
    /// A way to reach the team is gone.
    Check ContactRemoved = "contact-removed", "Contact removed", "Ask the team over a channel you already know: it can no longer be reached there";
    /// A way to reach the team is new.
    Check ContactAdded = "contact-added", "Contact added", "Try it: write or call";
    /// A way to reach the team is another one, or for something else.
    Check ContactChanged = "contact-changed", "Contact changed", "Try it: write or call";
    /// A text leads its readers where it did not.
    Check AddressInText = "address-in-text", "New address in a text", "Readers follow it: see whose it is";
    /// It claims more.
    Check ClaimAdded = "claim-added", "Answers for more", "Look it up in the register of whoever assigns it";
    /// It claims less.
    Check ClaimRemoved = "claim-removed", "Answers for less", "Ask who answers for it from now on";
    /// Warnings are not told any more.
    Check WaiverAdded = "waiver-added", "Waiver added", "Agree to its reason and its end, or do not merge it";
    /// A team is new.
    Check TeamAdded = "team-added", "Team added", "Read all of its entry; ask its sponsors over channels you already know";
    /// A membership, an agreement or a published assessment is new or another one.
    Check TrustMarkChanged = "trust-mark-changed", "Trust mark changed", "Ask whoever gives it, or look it up there";
    /// It is called otherwise, or is somebody else's.
    Check IdentityChanged = "identity-changed", "Name or host organisation changed", "See that it is the same team";
    /// The entry can be read, and has mistakes.
    Check Mistake = "mistake", "Mistake in a file", "The check names its line and its cure";
    /// A body that accredits or certifies is new, gone or another one.
    Check AuthorityChanged = "authority-changed", "Authority changed", "Levels are granted in its name: see that it exists and agrees";
    /// What is asked for in a profile is something else.
    Check ProfileChanged = "profile-changed", "Minimum profile changed", "Compare it with its source";
    /// A meeting is new, gone, or something else is said of it.
    Check MeetingChanged = "meeting-changed", "Meeting changed", "See where it was announced, and who may attend";
    /// Figures are newly published.
    Check EditionAdded = "edition-added", "Figures published", "What was published once cannot be taken back: see how it was decided";
    /// The site has another name, address or look, or tells others to trust it with something.
    Check SettingChanged = "setting-changed", "Setting of the site changed", "See what it does before it is published";
    /// Everything else.
    Low Other = "other", "Changed", "";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_a_name_of_its_own_and_all_but_the_last_a_reason() {
        let ids: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(kind.reason().is_empty(), kind.risk() == Risk::Low, "{}", kind.id());
        }
        assert!(Kind::ALL.is_sorted_by_key(|kind| kind.risk()), "the gravest stand first");
    }
}
