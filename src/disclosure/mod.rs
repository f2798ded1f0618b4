//! Statistical disclosure control: which figures about confidential scores may be told, and which not.
//!
//! The promise: who knows every figure that was ever published, who belonged to which group, how figures are rounded,
//! what was withheld, how that is decided, and the scores of one contributor, still finds at least two possible values for
//! every score of everybody else. Editions on which the operator insisted are outside the promise.
//!
//! # Why it holds
//!
//! A *sheet* is one assessment of one team. An *atom* is a class of sheets that entered the same published groups of the
//! same editions; all figures are symmetric in the sheets of an atom, so exchanging two of them whole changes none. The
//! rules see to it that there is always something to exchange:
//!
//! 1. *Groups* are chosen from memberships alone, which are public. No group is published that would leave an atom with
//!    fewer than k sheets, over all editions together. Where already the group of all contributors would, the edition is
//!    refused.
//! 2. *A parameter* is published for all groups of an edition or for none. It is published only where in every atom at
//!    least three sheets have another score than any given one. Then each sheet finds, besides the attacker's, one in its
//!    atom with another score.
//! 3. *A parameter that was withheld* because of rule 2 is not looked at again before every sheet that was looked at then
//!    has left the series; else the second answer would add to the first.
//! 4. *A parameter that was published before and now breaks rule 2* is withheld. That this happened may tell that in some
//!    atom at most two deviate; exchanging this one score with a sheet outside that atom, but alike in all earlier
//!    editions, leaves it so. Such an exchange can change who meets a profile. So where a profile with this parameter was
//!    looked at before, the edition is refused instead. What was published from sheets of which none is left does not count.
//! 5. *The share that meets a profile* is looked at only where all parameters of the profile are published, and told
//!    only where in every atom at least three meet it and three do not.
//!
//! Published scores are constants: they enter the figures, protect nobody, and do not count for k; nor do those that were
//! published when an earlier edition was made, for what was read once is known. What a team scored
//! confidentially and published later is taken as known; where it published only a part, the rest is not given away, but
//! protects nobody.
//!
//! What is absent on purpose: noise (it would drown figures about so few), dates of assessments, cells of more than one
//! attribute, and the smallest and largest score. The module reads no files and writes none.

mod atoms;
mod control;
mod figures;
mod history;
mod report;
mod roll;
mod written;

pub use atoms::Known;
pub use control::{Account, Decision, Made, Refusal, Seen, Split, decide};
pub use figures::Passed;
pub use history::{Gap, complete};
pub use report::{left_out, report};
pub use roll::{Gathered, LeftOut, Roll, gather};
pub use written::{edition_text, ledger_text};
